/**
 * What the figures page needs: where a governorate is on the map (programmes that are there get theirs by a form or by `import-config`),
 * and views of the page that people keep.
 */
export const figuresPage = {
  name: "2026-12-14-figures-page",
  up: `
alter table governorates add column outline text;
alter table saved_views drop constraint saved_views_screen_check;
alter table saved_views add check (screen in ('desk', 'cases', 'figures'));
`,
};
