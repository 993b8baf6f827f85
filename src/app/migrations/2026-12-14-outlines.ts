/** Where a governorate is on the map, for the map of figures. Programmes that are there get theirs by a form or by `import-config`. */
export const outlines = {
  name: "2026-12-14-outlines",
  up: `alter table governorates add column outline text;`,
};
