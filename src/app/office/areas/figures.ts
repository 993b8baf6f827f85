/** Screens of figures and of the record. */
export { AuditList, AuditPage } from "../../../features/audit/audit-list.js";
export { AuditVerify } from "../../../features/audit/audit-verify.js";
export { FigureAlertsPage } from "../../../features/reports/alerts/figure-alerts-page.js";
export { Digest } from "../../../features/reports/digest.js";
