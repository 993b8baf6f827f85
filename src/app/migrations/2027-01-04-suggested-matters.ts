/** A suggestion brings no type: what is counted of past cases is the entity and the service. The next count joins what had several types. */
export const suggestedMatters = {
  name: "2027-01-04-suggested-matters",
  up: "alter table suggestion_matters drop column type;",
};
