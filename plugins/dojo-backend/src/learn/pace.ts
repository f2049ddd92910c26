/** Check now is answered once in so long, for each learner and lab. */
export const CHECK_PAUSE_MS = 10_000;
