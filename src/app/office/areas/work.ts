/** Screens of the work on cases. */
export { Forwarded } from "../../../features/cases/act/forwarded.js";
export { MyWork } from "../../../features/cases/bulk/my-work.js";
export { CaseList } from "../../../features/cases/list/case-list.js";
export { SavedViews } from "../../../features/cases/list/saved-views.js";
export { NewsScreen } from "../../../features/cases/news/news-screen.js";
export { CasePage } from "../../../features/cases/page/case-page.js";
export { CallBacks } from "../../../features/contact-centre/call-backs/call-backs.js";
export { Caller } from "../../../features/contact-centre/calls/caller.js";
export { ContactFigures } from "../../../features/contact-centre/figures/contact-figures.js";
export { InstructionRecord } from "../../../features/instructions/instruction-record.js";
export { Instructions } from "../../../features/instructions/instructions.js";
export { Orders } from "../../../features/orders/orders.js";
