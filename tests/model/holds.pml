/*
 * holds.pml - the holds of children on their algorithm, for three threads with store buffers.
 *
 * A model for spin of dlls/bcrypt/router/holds.c: one algorithm with one child, which thread 0 made.
 * Three threads make children, duplicate and destroy them, and close the algorithm. Store buffers are as in uses.pml, which is the
 * model of the uses; here a child's use is one flag in memory, taken with a barrier and given back
 * by a plain store.
 *
 * Found by search of all states: the algorithm is not destroyed while a child lives or a thread
 * uses it, and it is destroyed in the end, or left to a user.
 *
 *   RELEASED_FIRST=0   reads `taken` before `released`: the search finds a run that goes wrong
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef RELEASED_FIRST
#define RELEASED_FIRST 1
#endif

#ifndef CALLS
#define CALLS    1                              /* of each thread; 2 take hours */
#endif
#define THREADS  3
#define CHILDREN 3

mtype = { LIVE, DEAD, BUSY, FREE };             /* the algorithm's word */
mtype = { TAKEN, BORN, ALGORITHM_PUT, CHILD_PUT };      /* stores on their way */

/* Memory. */
mtype word = LIVE;
bool algorithm_used[THREADS];
byte taken[THREADS], released[THREADS];
bool child[CHILDREN], child_used[CHILDREN];
bool left;

chan buffer[THREADS] = [6] of { mtype, byte };

bool freed, closed;
byte born, living, done;

#define drained (len(buffer[me]) == 0)

inline sum_taken()
{
    i = 0;
    do
    :: i < THREADS -> total = total + taken[i]; i++
    :: else -> break
    od;
    i = 0
}

inline sum_released()
{
    i = 0;
    do
    :: i < THREADS -> total = total - released[i]; i++
    :: else -> break
    od;
    i = 0
}

/* Whether the algorithm is used, else whether it is held. */
inline look()
{
    i = 0; used = false; total = 0;
    do
    :: i < THREADS -> used = used || algorithm_used[i]; i++
    :: else -> break
    od;
    i = 0;
    if
    :: used
    :: else ->
#if RELEASED_FIRST
        sum_released();
        sum_taken()
#else
        sum_taken();
        sum_released()
#endif
    fi
}

inline destroy_or_leave()
{
    look();
    if
    :: !used && total == 0 ->
        assert(!freed && living == 0);
        freed = true;
        left = false;
        word = FREE;
        again = false
    :: else ->
        left = left || used;
        word = DEAD;
        again = true
    fi;
    used = false; total = 0
}

inline reap()
{
    do
    :: word == DEAD ->
        look();
        if
        :: (used && left) || (!used && total != 0) -> again = false
        :: else ->
            atomic
            {
                again = word == DEAD;
                if :: again -> word = BUSY :: else fi
            }
            if :: again -> destroy_or_leave() :: else fi
        fi;
        used = false; total = 0;
        if :: again :: else -> break fi
    :: else -> break
    od
}

/* The child is counted, then its handle is given out; both are plain stores. */
inline bear()
{
    atomic
    {
        c = born;
        if :: c < CHILDREN -> born++; living++ :: else fi
    }
    if
    :: c < CHILDREN -> buffer[me]!TAKEN(0); buffer[me]!BORN(c)
    :: else
    fi
}

inline make()
{
    if
    :: word == LIVE ->
        atomic { drained; algorithm_used[me] = true }
        if
        :: word == LIVE -> assert(!freed); bear(); assert(!freed)
        :: else
        fi;
        buffer[me]!ALGORITHM_PUT(0);
        reap()
    :: else
    fi
}

inline duplicate(which)
{
    atomic
    {
        drained;
        again = child[which] && !child_used[which];
        if :: again -> child_used[which] = true :: else fi
    }
    if
    :: again -> assert(!freed); bear(); assert(!freed); buffer[me]!CHILD_PUT(which)
    :: else
    fi;
    again = false
}

inline destroy(which)
{
    atomic
    {
        drained;
        again = child[which] && !child_used[which];
        if :: again -> child[which] = false; assert(!freed) :: else fi
    }
    if
    :: again ->
        atomic { living--; released[me]++ }
        again = false;
        reap()
    :: else
    fi
}

inline close()
{
    atomic
    {
        drained;
        again = word == LIVE;
        if :: again -> word = BUSY; closed = true :: else fi
    }
    if
    :: again ->
        destroy_or_leave();
        if :: again -> reap() :: else fi
    :: else
    fi;
    again = false
}

proctype thread(byte me)
{
    byte i, calls, c;
    bool used, again;
    int total;

    do
    :: calls < CALLS ->
        calls++;
        if
        :: make()
        :: duplicate(0)
        :: duplicate(1)
        :: destroy(0)
        :: destroy(1)
        :: destroy(2)
        :: close()
        fi;
        c = 0; again = false
    :: else -> break
    od;
    drained;
    done++
}

proctype memory(byte me)
{
    byte which;

end:
    do
    :: atomic { buffer[me]?TAKEN(which) -> taken[me]++ }
    :: atomic { buffer[me]?BORN(which) -> child[which] = true; which = 0 }
    :: atomic { buffer[me]?ALGORITHM_PUT(which) -> algorithm_used[me] = false }
    :: atomic { buffer[me]?CHILD_PUT(which) -> child_used[which] = false; which = 0 }
    od
}

init
{
    byte n;

    atomic
    {
        child[0] = true; taken[0] = 1; born = 1; living = 1;
        do
        :: n < THREADS -> run memory(n); run thread(n); n++
        :: else -> break
        od
    }
    done == THREADS;
    assert(!closed || living || freed || left)
}
