/** The header of a request that a screen sends by itself, without anybody doing anything there: it keeps no session alive. */
export const byItselfHeader = "x-diwan-by-itself";
