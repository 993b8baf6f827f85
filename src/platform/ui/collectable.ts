/** Lists whose rows can be changed in a change-set. */
export const collectable: ReadonlySet<string> = new Set([
  ...["sectors", "entities", "services", "pillars", "importance-levels", "application-types", "channels"],
  ...["applicant-categories", "governorates", "keyword-lists", "closing-reasons", "reply-templates", "programmes"],
]);
