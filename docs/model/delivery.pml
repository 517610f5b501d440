/*
 * One guest, two silos, one journal and one upstream: how an event goes from its acknowledgement to the Stream API.
 *
 * Time is not a clock but ages: Tick ages whatever is being timed, and waits for nothing but a request on its way,
 * which ends within RESPONSE of its check, unless its process is stopped between check and write. All else may take
 * arbitrarily long at any point, so that slow, stopped and partitioned owners are all covered.
 *
 *   I1  what is acknowledged is stored, what is called delivered has arrived, and at the end nothing is left over
 *   I2  first arrivals follow the order of acceptance
 *   I3  what arrives twice is marked, durably, before it does
 *
 * A stale send (written by a process that was stopped in that one window) may break I2, never I3.
 * README.md says how to run it. NO_FENCE, SHORT_WAIT and NO_VALIDITY each take one safeguard away.
 */

#ifndef EVENTS
#define EVENTS 2        /* of the guest */
#endif
#ifndef CRASHES
#define CRASHES 1       /* kill -9 of a silo; it starts again */
#endif
#ifndef LOST
#define LOST 1          /* commits whose answer is lost: on disk, or not */
#endif
#ifndef PAUSES
#define PAUSES 1        /* processes stopped between check and write */
#endif
#ifndef SPLITS
#define SPLITS 1        /* second activations beside one that lives */
#endif
#ifndef UNSENT
#define UNSENT 1        /* starts that expire or find no connection */
#endif

#ifndef ATTEMPTS
#define ATTEMPTS 2      /* after which an event in doubt is held, to keep the model finite */
#endif

#define VALIDITY 1      /* how long after its decision a start may still be written */
#define RESPONSE 1      /* from the check to the end of the request, connecting included */
#ifdef SHORT_WAIT
#define TAKEOVER_WAIT 0
#else
#define TAKEOVER_WAIT (VALIDITY + RESPONSE)
#endif

#define BIT(seq) (1 << (seq))
#define PENDING(s) (s.next <= s.accepted)

typedef Session {
  byte accepted;        /* the last sequence */
  byte next;            /* head of the line: the first that is undelivered */
  byte attempt;         /* of the head: starts so far */
  bool open;            /* the head was started and has no outcome */
  bool taken;           /* ... and its owner is gone */
  byte delivered;       /* sequences, as bits */
  byte marked;          /* possibly a duplicate */
  byte held             /* in doubt and not sent again */
};

Session journal;        /* replayed: what is on disk */
Session nothing;
byte acked;             /* what the client was told */

/* Two activations may live at once: Orleans does not promise one. */
Session memory[2];
bool current[2];        /* the head row still stands at the version this activation knows */
bool alive[2];
bool waiting[2];        /* took over, and waits until the earlier owner's request is surely gone */
byte waitAge[2];
byte askedAge[2];       /* since its own start was handed over */

mtype = { NONE, STARTED, CHECKED, NOT_APPLIED, DELIVERED, IN_DOUBT };

/* A silo's dispatcher: works for activations, and outlives them. The permit goes back with the job's end. */
mtype job[2] = NONE;
bool permit[2] = true;
byte jobSeq[2];
byte jobAttempt[2];
byte startAge[2];
byte flightAge[2];
bool stopped[2];

/* Between the silo and the upstream: survives the silo. */
bool wire[2];
byte wireSeq[2];
bool wireStale[2];
bool answerDue[2];

byte arrivals[EVENTS + 1];
byte crashes, lost, pauses, unsent, splits;

inline copy(to, from) {
  to.accepted = from.accepted; to.next = from.next; to.attempt = from.attempt; to.open = from.open;
  to.taken = from.taken; to.delivered = from.delivered; to.marked = from.marked; to.held = from.held
}

/* An activation ends, and leaves nothing behind. */
inline leave(i) {
  alive[i] = false; waiting[i] = false; current[i] = false; waitAge[i] = 0; askedAge[i] = 0; copy(memory[i], nothing)
}

inline endJob(i) {
  job[i] = NONE; permit[i] = true; jobSeq[i] = 0; jobAttempt[i] = 0; startAge[i] = 0; flightAge[i] = 0
}

/* Makes what was decided in memory durable. Afterwards the activation is alive only if it knows that it is. */
inline commit(i) {
  if
#ifndef NO_FENCE
  :: !current[i] -> leave(i)
#endif
  :: (lost < LOST) -> lost++; leave(i)
#ifdef NO_FENCE
  :: true ->
#else
  :: current[i] ->
#endif
     current[1 - i] = false; copy(journal, memory[i]);
     assert(acked <= journal.accepted);
     if
     :: (lost < LOST) -> lost++; leave(i)
     :: true
     fi
  fi
}

inline advance(i) {
  memory[i].open = false; memory[i].taken = false; memory[i].attempt = 0; memory[i].next++
}

/* By the policy of the event's type: send it again, marked, or hold it and let the line go on. */
inline decideDoubt(i) {
  if
  :: memory[i].attempt < ATTEMPTS -> memory[i].marked = memory[i].marked | BIT(memory[i].next);
     memory[i].open = false; memory[i].taken = false
  :: memory[i].held = memory[i].held | BIT(memory[i].next); advance(i)
  fi
}

inline takeOver(i) {
  memory[i].taken = true; askedAge[i] = 0; commit(i); waiting[i] = alive[i]
}

/* An outcome of dispatcher d, offered to activation i. One that names nothing open came too late. */
inline takeOutcome(i, d) {
  if
  :: memory[i].open && memory[i].next == jobSeq[d] && memory[i].attempt == jobAttempt[d] ->
     if
     :: job[d] == DELIVERED ->
        memory[i].delivered = memory[i].delivered | BIT(jobSeq[d]); advance(i)
     :: job[d] == NOT_APPLIED -> memory[i].open = false; memory[i].taken = false
     :: job[d] == IN_DOUBT -> decideDoubt(i)
     fi;
     commit(i);
     if
     :: alive[i] -> waiting[i] = false; waitAge[i] = 0; askedAge[i] = 0; endJob(d)
     :: else        /* not known to be taken: it is offered again */
     fi
  :: else -> endJob(d)
  fi
}

inline offered(i, d) {
  atomic { alive[i] && (job[d] == NOT_APPLIED || job[d] == DELIVERED || job[d] == IN_DOUBT) -> takeOutcome(i, d) }
}

proctype Activation(byte i) {
end:
  do
  /* A client's call or recovery: somebody needs the guest here. */
  :: atomic {
       !alive[i] && (PENDING(journal) || acked < EVENTS) && (!alive[1 - i] || splits < SPLITS) ->
       if
       :: !alive[1 - i]
       :: alive[1 - i] && splits < SPLITS -> splits++
       fi;
       alive[i] = true; current[i] = true; copy(memory[i], journal);
       if
       :: memory[i].open -> takeOver(i)
       :: else
       fi
     }
  /* Record, and acknowledge after the commit. */
  :: atomic {
       alive[i] && memory[i].accepted < EVENTS ->
       memory[i].accepted++; commit(i);
       if
       :: alive[i] && memory[i].accepted > acked -> acked = memory[i].accepted
       :: else
       fi
     }
  /* The answer was lost, and the client asks again: a duplicate. */
  :: atomic { alive[i] && memory[i].accepted > acked -> acked = memory[i].accepted; assert(acked <= journal.accepted) }
  /* Permit, then intent, then send. The start's age counts from before its commit. */
  :: atomic {
       alive[i] && !memory[i].open && PENDING(memory[i]) && permit[i] && job[i] == NONE ->
       permit[i] = false; startAge[i] = 0
     };
     atomic {
       if
       :: alive[i] && !memory[i].open && PENDING(memory[i]) ->
          memory[i].open = true; memory[i].attempt++; commit(i)
       :: else -> goto giveBack
       fi;
       if
       :: alive[i] ->
          assert(!permit[i]);
          job[i] = STARTED; jobSeq[i] = memory[i].next; jobAttempt[i] = memory[i].attempt; askedAge[i] = 0
       :: else ->
giveBack: endJob(i)
       fi
     }
  :: offered(i, 0)
  :: offered(i, 1)
  :: atomic { alive[i] && waiting[i] && memory[i].open && memory[i].taken && waitAge[i] > TAKEOVER_WAIT ->
       waiting[i] = false; waitAge[i] = 0; decideDoubt(i); commit(i) }
  /* Recovery pokes: an answer long overdue was given to a stale activation; a stale activation ends. */
  :: atomic { alive[i] && memory[i].open && !memory[i].taken && !waiting[i] && askedAge[i] > TAKEOVER_WAIT ->
       takeOver(i) }
  :: atomic { alive[i] && !current[i] && !PENDING(memory[i]) -> leave(i) }
  od
}

proctype Dispatcher(byte i) {
end:
  do
  :: atomic {
       job[i] == STARTED && !wire[i] ->
       if
#ifndef NO_VALIDITY
       :: startAge[i] > VALIDITY -> unsent++; job[i] = NOT_APPLIED; startAge[i] = 0
       :: startAge[i] <= VALIDITY -> job[i] = CHECKED; startAge[i] = 0
#else
       :: job[i] = CHECKED; startAge[i] = 0
#endif
       :: unsent < UNSENT -> unsent++; job[i] = NOT_APPLIED; startAge[i] = 0    /* no connection */
       fi
     }
  :: atomic { job[i] == CHECKED && !answerDue[i] && !wire[i] && !stopped[i] && pauses < PAUSES -> pauses++; stopped[i] = true }
  :: atomic {
       job[i] == CHECKED && !answerDue[i] && !wire[i] ->
       wire[i] = true; wireSeq[i] = jobSeq[i]; wireStale[i] = stopped[i] && flightAge[i] > RESPONSE;
       stopped[i] = false; answerDue[i] = true;
       if
       :: wireStale[i] -> flightAge[i] = 0
       :: else
       fi
     }
  od
}

proctype Wire(byte i) {
  mtype answer = NONE;
end:
  do
  :: atomic {
       wire[i] ->
       answer = IN_DOUBT;
       if
       :: true          /* lost on its way */
       :: true ->
          assert(wireSeq[i] <= journal.accepted);
          if
          :: arrivals[wireSeq[i]] == 0 && !wireStale[i] -> assert(wireSeq[i] == EVENTS || arrivals[wireSeq[i] + 1] == 0)
          :: arrivals[wireSeq[i]] > 0 -> assert((journal.marked | journal.held) & BIT(wireSeq[i]))
          :: else
          fi;
          if
          :: arrivals[wireSeq[i]] < 3 -> arrivals[wireSeq[i]]++
          :: else
          fi;
          if
          :: answer = DELIVERED
          :: true       /* only the answer is lost */
          fi
       fi;
       wire[i] = false; wireSeq[i] = 0; wireStale[i] = false; flightAge[i] = 0;
       if
       :: answerDue[i] -> answerDue[i] = false; job[i] = answer; answer = NONE
       :: else -> answer = NONE      /* nobody is left to hear it */
       fi
     }
  od
}

proctype Crash() {
  byte i;
end:
  do
  :: atomic {
       crashes < CRASHES ->
       crashes++;
       if
       :: i = 0
       :: i = 1
       fi;
       leave(i); answerDue[i] = false; stopped[i] = false;
       if
       :: wire[i] -> job[i] = NONE; permit[i] = true; jobSeq[i] = 0; jobAttempt[i] = 0; startAge[i] = 0
       :: else -> endJob(i)
       fi;
       i = 0
     }
  od
}

#define STARTING(i) (job[i] == STARTED || !permit[i] && job[i] == NONE)
#define FLYING(i) (job[i] == CHECKED || wire[i])
#define DUE(i) (FLYING(i) && !stopped[i] && flightAge[i] >= RESPONSE \
  || STARTING(i) && startAge[i] >= VALIDITY && unsent >= UNSENT)
#define AGES(i) (STARTING(i) && startAge[i] <= VALIDITY || FLYING(i) && flightAge[i] <= RESPONSE \
  || waiting[i] && waitAge[i] <= TAKEOVER_WAIT \
  || alive[i] && memory[i].open && !memory[i].taken && askedAge[i] <= TAKEOVER_WAIT)

inline age(i) {
  if
  :: STARTING(i) && startAge[i] <= VALIDITY -> startAge[i]++
  :: else
  fi;
  if
  :: FLYING(i) && flightAge[i] <= RESPONSE -> flightAge[i]++
  :: else
  fi;
  if
  :: waiting[i] && waitAge[i] <= TAKEOVER_WAIT -> waitAge[i]++
  :: else
  fi;
  if
  :: alive[i] && memory[i].open && !memory[i].taken && askedAge[i] <= TAKEOVER_WAIT -> askedAge[i]++
  :: else
  fi
}

proctype Tick() {
end:
  do
  :: atomic { !DUE(0) && !DUE(1) && (AGES(0) || AGES(1)) -> age(0); age(1) }
  od
}

/* When nothing can move any more, nothing may be left. */
proctype Quiet() {
  byte seq = 1;
  timeout ->
  assert(acked == EVENTS && journal.accepted == EVENTS);
  assert(!PENDING(journal) && !journal.open);
  do
  :: seq > EVENTS -> break
  :: else ->
     assert(!(journal.delivered & BIT(seq)) || arrivals[seq] > 0);
     assert((journal.delivered | journal.held) & BIT(seq));
     seq++
  od
}

init {
  atomic {
    journal.next = 1;
    run Activation(0); run Activation(1);
    run Dispatcher(0); run Dispatcher(1);
    run Wire(0); run Wire(1);
    run Crash(); run Tick(); run Quiet()
  }
}
