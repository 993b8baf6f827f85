/** Every screen under the name by which resources and pages call it. A screen is added by its line here. */
import { type ComponentType, createElement } from "react";
import { AuditList } from "../../features/audit/audit-list.js";
import { AuditPage } from "../../features/audit/audit-page.js";
import { AuditVerify } from "../../features/audit/audit-verify.js";
import { MyWork } from "../../features/cases/bulk/my-work.js";
import { Caller } from "../../features/cases/caller/caller.js";
import { CaseList } from "../../features/cases/list/case-list.js";
import { SavedViews } from "../../features/cases/list/saved-views.js";
import { CasePage } from "../../features/cases/page/case-page.js";
import { Home } from "../../features/home/home.js";
import { InstructionRecord } from "../../features/instructions/instruction-record.js";
import { Instructions } from "../../features/instructions/instructions.js";
import { KeyList } from "../../features/intake/key-list.js";
import { MessageList } from "../../features/notifications/message-list.js";
import { MessagePage } from "../../features/notifications/message-page.js";
import { Health } from "../../features/operations/health.js";
import { JobForm } from "../../features/operations/job-form.js";
import { JobList } from "../../features/operations/job-list.js";
import { JobPage } from "../../features/operations/job-page.js";
import { Account } from "../../features/people/accounts/account.js";
import { EntityTree } from "../../features/people/entity-tree/entity-tree.js";
import { SeatForm } from "../../features/people/seat-form.js";
import { SeatList } from "../../features/people/seat-list.js";
import { SeatPage } from "../../features/people/seat-page.js";
import { UserList } from "../../features/people/user-list.js";
import { UserPage } from "../../features/people/user-page.js";
import { Digest } from "../../features/reports/digest.js";
import { SetupForm } from "../../features/setup/form/setup-form.js";
import { SetupList } from "../../features/setup/form/setup-list.js";
import { SetupShow } from "../../features/setup/form/setup-show.js";
import { HelpPage } from "./help-page.js";
import { StudioScreen } from "./studio-screen.js";

/** Screens that come with a script of their own, `studio.ts`, when one of them is opened. */
const studioNames = ["Calendar", "ChangeSet", "Policy", "SlaGrid"] as const;
export type StudioName = (typeof studioNames)[number];
const studioScreens = Object.fromEntries(
  studioNames.map((name) => [name, () => createElement(StudioScreen, { name, key: name })]),
);

// biome-ignore lint/suspicious/noExplicitAny: screens of resources take ScreenProps, those of pages nothing
export const screens: Readonly<Record<string, ComponentType<any>>> = {
  Caller,
  CaseList,
  CasePage,
  Home,
  MyWork,
  InstructionRecord,
  Instructions,
  AuditList,
  AuditPage,
  AuditVerify,
  Digest,
  Health,
  JobForm,
  JobList,
  JobPage,
  MessageList,
  MessagePage,
  KeyList,
  SeatForm,
  SeatList,
  SeatPage,
  UserForm: SetupForm,
  UserList,
  UserPage,
  EntityTree,
  ...studioScreens,
  Account,
  SetupForm,
  SetupList,
  SetupShow,
  Help: HelpPage,
  SavedViews,
};
