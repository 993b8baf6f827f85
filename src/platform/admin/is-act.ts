/** Which requests change something: those that the guard of the origin looks at, and no other. */

/** Only POST acts. HEAD reads as GET does, and whatever else there may be reads as well. */
export const isAct = ({ method }: { readonly method?: string }): boolean => method?.toUpperCase() === "POST";
