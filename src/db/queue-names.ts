/** The queue's own schema, and the one queue: a job of the registry is a message in it. */
export const queueSchema = "pgboss";
export const jobQueue = "jobs";
export const queueNames: readonly string[] = [jobQueue];
