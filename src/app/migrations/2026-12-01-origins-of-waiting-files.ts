/**
 * From where a file came that a form or an applicant sent and that waits: an HMAC of the address, so that one address cannot take the room of
 * all. A case never carries it.
 */
export const originsOfWaitingFiles = {
  name: "2026-12-01-origins-of-waiting-files",
  up: `
alter table attachment_places add column origin bytea;
alter table attachments add column origin bytea,
  add constraint attachments_origin_check check (origin is null or case_id is null);
create function forget_origin_of_attachment() returns trigger language plpgsql as $$
begin
  new.origin := null;
  return new;
end $$;
create trigger attachments_forget_origin before update of case_id on attachments
  for each row when (new.case_id is not null) execute function forget_origin_of_attachment();
`,
};
