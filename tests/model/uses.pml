/*
 * uses.pml - the object table's uses, for three threads with store buffers.
 *
 * A model for spin of dlls/bcrypt/router/uses.c and object.c: one slot, whose object thread 0 made.
 * Each thread calls with the handle, retires it, or both, at any time. A plain store goes into the
 * thread's store buffer and comes to memory at any time later, in order, as on x86; a load takes
 * memory at once; an exchange waits until the buffer is empty. Names are those of the C code.
 *
 * Found by search of all states: no object is destroyed while a call uses it (`freed`), none twice,
 * and none is lost: it is destroyed, or in the list of those left to their users.
 *
 *   BARRIER=0    a use is published by a plain store
 *   ANNOUNCE=0   nobody makes a slot SHARED
 *   LISTED=0     there is no list
 *
 * With any of them the search finds a run that goes wrong. tests/model/run runs all four.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef BARRIER
#define BARRIER 1
#endif
#ifndef ANNOUNCE
#define ANNOUNCE 1
#endif
#ifndef LISTED
#define LISTED 1
#endif

#define THREADS 3
#define CALLS   2                               /* of each thread */
#define KEEPER  0                               /* the thread that made the object */
#define SHARED  9

mtype = { LIVE, DEAD, BUSY, FREE };

/* Memory. */
mtype word = LIVE;
byte keeper = KEEPER;
bool uses[THREADS];
bool left;

/* What the threads' buffers hold: only a thread itself writes to its `uses`. */
chan buffer[THREADS] = [4] of { bool };

/* What is to be found out. */
bool freed;
bool retired;
byte done;

#define drained (len(buffer[me]) == 0)

/* slot_in_use, by a thread that does not use it itself: found is the answer. */
inline slot_in_use()
{
    found = false;
    if
    :: keeper == me
    :: else ->
        i = 0;
        do
        :: i < THREADS -> found = found || (i != me && uses[i]); i++
        :: else -> break
        od;
        i = 0
    fi
}

/* destroy_or_leave: the thread has claimed the slot. */
inline destroy_or_leave()
{
    assert(word == BUSY);
    slot_in_use();
    if
    :: !found ->
        assert(!freed);
        freed = true;
        left = false;
        word = FREE;
        again = false
    :: else ->
        drained;
        left = LISTED;
        word = DEAD;
        again = true
    fi
}

inline reap()
{
    do
    :: word == DEAD ->
        slot_in_use();
        if
        :: found && (left || !LISTED) -> break
        :: else ->
            atomic
            {
                drained;
                again = word == DEAD;
                if :: again -> word = BUSY :: else fi
            }
            if
            :: again -> destroy_or_leave()
            :: else
            fi;
            if :: again :: else -> break fi
        fi
    :: else -> break
    od
}

inline use()
{
    if
    :: word == LIVE ->
#if ANNOUNCE
        if
        :: keeper != me && keeper != SHARED -> drained; keeper = SHARED
        :: else
        fi;
#endif
#if BARRIER
        atomic { drained; uses[me] = true }
#else
        buffer[me]!true
#endif
        if
        :: word == LIVE ->
            /* The call. */
            assert(!freed);
            skip;
            assert(!freed)
        :: else
        fi;
        buffer[me]!false;
        reap()
    :: else
    fi
}

inline retire()
{
    atomic
    {
        drained;
        again = word == LIVE;
        if :: again -> word = BUSY; retired = true :: else fi
    }
    if
    :: again ->
        destroy_or_leave();
        if :: again -> reap() :: else fi
    :: else
    fi
}

proctype thread(byte me)
{
    byte i, calls;
    bool found, again;

    do
    :: calls < CALLS ->
        calls++;
        if
        :: use()
        :: retire()
        fi
    :: else -> break
    od;
    drained;
    done++
}

proctype memory(byte me)
{
    bool value;

end:
    do
    :: atomic { buffer[me]?value -> uses[me] = value; value = false }
    od
}

init
{
    byte n;

    atomic
    {
        do
        :: n < THREADS -> run memory(n); run thread(n); n++
        :: else -> break
        od
    }
    done == THREADS;
    assert(!retired || freed || left)
}
