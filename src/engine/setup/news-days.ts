/** For how many days news that was not read comes before all else, where a programme says nothing. */
export const defaultNewsDays = 14;
/** The most that a programme may set. */
export const mostNewsDays = 90;
