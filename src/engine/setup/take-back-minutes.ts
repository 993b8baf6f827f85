/** How long a forward or an assignment can be taken back by who made it, where a programme says nothing. */
export const defaultTakeBackMinutes = 10;
/** The most that a programme may set. */
export const mostTakeBackMinutes = 120;
