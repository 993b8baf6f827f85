/** Every page of the back office that is no list, record or form of a resource. A new one is a file and a line here. */

import { auditVerifyPage } from "../../features/audit/audit-verify.page.js";
import { forwardedPage } from "../../features/cases/act/forwarded.page.js";
import { myWorkPage } from "../../features/cases/bulk/my-work.page.js";
import { newsPage } from "../../features/cases/news/news.page.js";
import { callBackRequestPage } from "../../features/contact-centre/call-backs/call-back-request.page.js";
import { callBacksPage } from "../../features/contact-centre/call-backs/call-backs.page.js";
import { callerPage } from "../../features/contact-centre/calls/caller.page.js";
import { contactFiguresPage } from "../../features/contact-centre/figures/contact-figures.page.js";
import { homePage } from "../../features/home/home.page.js";
import { instructionsPage } from "../../features/instructions/instructions.page.js";
import { healthPage } from "../../features/operations/health.page.js";
import { helpPage } from "../../features/operations/help.page.js";
import { ordersPage } from "../../features/orders/orders.page.js";
import { accountPage } from "../../features/people/accounts/account.page.js";
import { viewsPage } from "../../features/people/accounts/views.page.js";
import { dutyRotaPage } from "../../features/people/duty-rota.page.js";
import { entityTree } from "../../features/people/entity-tree/entity-tree.page.js";
import { calendarPage } from "../../features/policy/calendar/calendar.page.js";
import { changeSetPage } from "../../features/policy/change-sets/change-set.page.js";
import { policyPage } from "../../features/policy/policy.page.js";
import { slaGridPage } from "../../features/policy/sla-grid/sla-grid.page.js";
import { workflowPage } from "../../features/policy/workflow/workflow.page.js";
import { figureAlertsPage } from "../../features/reports/alerts/figure-alerts.page.js";
import { digestPage } from "../../features/reports/digest.page.js";
import { figuresPage } from "../../features/reports/figures/figures.page.js";
import type { PageDefinition } from "../../platform/admin/define-page.js";

export const allPages: readonly PageDefinition[] = [
  homePage,
  newsPage,
  callerPage,
  callBacksPage,
  callBackRequestPage,
  contactFiguresPage,
  forwardedPage,
  ordersPage,
  myWorkPage,
  healthPage,
  auditVerifyPage,
  figuresPage,
  figureAlertsPage,
  digestPage,
  entityTree,
  dutyRotaPage,
  slaGridPage,
  policyPage,
  changeSetPage,
  workflowPage,
  calendarPage,
  instructionsPage,
  accountPage,
  helpPage,
  viewsPage,
];
