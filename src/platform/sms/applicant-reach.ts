import sql from "sql-template-tag";

/** Of a row `p` of applicants, as JSON, what `ApplicantReach` is: no address, only whether there is one. */
export const applicantReach = sql`json_build_object('email', p.email is not null and p.email_stopped_at is null,
    'emailStopped', p.email_stopped_at is not null, 'contactBy', p.contact_by, 'phone', p.phone is not null,
    'stopped', p.sms_consent_at is not null and exists (select 1 from sms_opt_outs o where o.number = p.phone),
    'sms', p.phone is not null and p.sms_consent_at is not null
      and not exists (select 1 from sms_opt_outs o where o.number = p.phone))`;
