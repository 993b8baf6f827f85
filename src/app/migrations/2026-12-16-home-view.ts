/** One of the views that somebody keeps can be what their home opens. */
export const homeView = {
  name: "2026-12-16-home-view",
  up: `
alter table saved_views add column opens_home boolean not null default false;
create unique index saved_views_home on saved_views (user_id) where opens_home;
`,
};
