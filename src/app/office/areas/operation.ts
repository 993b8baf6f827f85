/** Screens of what runs by itself: jobs, messages, health. */
export { MessageList } from "../../../features/notifications/message-list.js";
export { MessagePage } from "../../../features/notifications/message-page.js";
export { Health } from "../../../features/operations/health.js";
export { JobForm } from "../../../features/operations/job-form.js";
export { JobList } from "../../../features/operations/job-list.js";
export { JobPage } from "../../../features/operations/job-page.js";
