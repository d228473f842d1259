/*
 * enter.pml - one thread at a time in an object, for three threads with store buffers.
 *
 * A model for spin of dlls/bcrypt/router/enter.c: one hash, which thread 0 made and enters without
 * the lock as long as it finds itself to be the slot's keeper. Threads 1 and 2 enter it, or only
 * use it, as BCryptGetProperty does. Store buffers are as in uses.pml, which is the model of the
 * uses; nobody destroys the hash here.
 *
 * Found by search of all states: two threads are never inside at once, and all come out.
 *
 *   WAIT=0      the first other thread does not look for the keeper's use
 *   BARRIER=0   the keeper publishes its use by a plain store
 *   KEEPER=0    leaving does not give back what entering found: the lock is BIASED no more
 *
 * With any of them the search finds a run that goes wrong. tests/model/run runs all of them.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef WAIT
#define WAIT 1
#endif
#ifndef BARRIER
#define BARRIER 1
#endif
#ifndef KEEPER
#define KEEPER 1
#endif

#define THREADS 3
#define CALLS   2                               /* of each thread */
#define SHARED  9

mtype = { NONE, USED, ALONE };                  /* a record's use */
mtype = { FREE_TO_ENTER, ENTERED, BIASED };     /* the lock */
mtype = { USE, BUSY };                          /* stores on their way */

/* Memory. */
byte keeper = 0;
mtype uses[THREADS] = NONE;
mtype busy = BIASED;
bool unbiased;                                  /* only who has the lock reads and writes it */

chan buffer[THREADS] = [4] of { mtype, mtype };

byte inside, done;

#define drained (len(buffer[me]) == 0)

inline change()
{
    inside++;
    assert(inside == 1);
    inside--
}

inline enter()
{
    do
    :: atomic { drained && busy != ENTERED -> before = busy; busy = ENTERED }; break
    od;
#if WAIT
    if
    :: before == BIASED && keeper == SHARED ->
        if :: me != 0 -> uses[0] != ALONE :: else fi;
        unbiased = true
    :: else
    fi
#endif
}

inline leave()
{
#if KEEPER
    if
    :: unbiased -> buffer[me]!BUSY(FREE_TO_ENTER)
    :: else -> buffer[me]!BUSY(BIASED)
    fi
#else
    buffer[me]!BUSY(FREE_TO_ENTER)
#endif
}

/* object_enter and object_leave, by a thread that uses the object. */
inline enter_and_leave()
{
    enter();
    change();
    leave()
}

/* object_get_entered and object_put_entered. */
inline call_entered()
{
    if
    :: keeper == me ->
#if BARRIER
        atomic { drained; uses[me] = ALONE };
#else
        buffer[me]!USE(ALONE);
#endif
        if
        :: keeper == me -> change()
        :: else -> buffer[me]!USE(USED); enter_and_leave()
        fi
    :: else ->
        announce();
        atomic { drained; uses[me] = USED };
        enter_and_leave()
    fi;
    buffer[me]!USE(NONE)
}

inline announce()
{
    if
    :: keeper != me && keeper != SHARED -> drained; keeper = SHARED
    :: else
    fi
}

/* A use that enters by the lock, as of BCryptDuplicateHash, or does not, as of
 * BCryptGetProperty. */
inline call(enters)
{
    announce();
    atomic { drained; uses[me] = USED };
    if :: enters -> enter_and_leave() :: else fi;
    buffer[me]!USE(NONE)
}

proctype thread(byte me)
{
    byte calls;
    mtype before;

    do
    :: calls < CALLS ->
        calls++;
        if
        :: skip -> call_entered()
        :: skip -> call(true)
        :: skip -> call(false)
        fi
    :: else -> break
    od;
    drained;
    done++
}

proctype memory(byte me)
{
    mtype value;

end:
    do
    :: atomic { buffer[me]?USE(value) -> uses[me] = value; value = 0 }
    :: atomic { buffer[me]?BUSY(value) -> busy = value; value = 0 }
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
    done == THREADS
}
