/** Every screen under the name by which resources and pages call it. A screen is added by its line here. */
import { type ComponentType, createElement } from "react";
import { Account } from "./account/account.js";
import { Caller } from "./cases/caller.js";
import { CaseList } from "./cases/case-list.js";
import { CasePage } from "./cases/case-page.js";
import { Home } from "./home/home.js";
import { InstructionRecord } from "./instructions/instruction-record.js";
import { Instructions } from "./instructions/instructions.js";
import { AuditList } from "./operation/audit-list.js";
import { AuditPage } from "./operation/audit-page.js";
import { AuditVerify } from "./operation/audit-verify.js";
import { Digest } from "./operation/digest.js";
import { Health } from "./operation/health.js";
import { JobForm } from "./operation/job-form.js";
import { JobList } from "./operation/job-list.js";
import { JobPage } from "./operation/job-page.js";
import { MessageList } from "./operation/message-list.js";
import { MessagePage } from "./operation/message-page.js";
import { KeyList } from "./people/key-list.js";
import { SeatForm } from "./people/seat-form.js";
import { SeatList } from "./people/seat-list.js";
import { SeatPage } from "./people/seat-page.js";
import { UserList } from "./people/user-list.js";
import { UserPage } from "./people/user-page.js";
import { EntityTree } from "./setup/entity-tree.js";
import { SetupForm } from "./setup/setup-form.js";
import { SetupList } from "./setup/setup-list.js";
import { SetupShow } from "./setup/setup-show.js";
import { HelpPage } from "./shell/help-page.js";
import { StudioScreen } from "./shell/studio-screen.js";
import { SavedViews } from "./views/saved-views.js";
import { MyWork } from "./work/my-work.js";

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
