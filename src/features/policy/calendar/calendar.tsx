/** The calendar of a programme in the menu: it leads to where calendars are seen, changed and published. */

import React from "react";
import { Navigate } from "react-router-dom";
import { msg } from "../../../engine/text/msg.js";
import { Page, ProblemBox, Spinner, useAddress, useView, withQuery } from "../../../platform/ui/kit.js";
import type { CalendarView } from "./calendar.page.js";

export function Calendar() {
  const [{ programme, year, part }] = useAddress();
  const { view, problem } = useView<CalendarView>(withQuery("pages/calendar", { programme }));
  if (view === null)
    return (
      <Page title={msg("policy-calendar.calendar.calendar")}>
        {problem ? <ProblemBox problem={problem} /> : <Spinner />}
      </Page>
    );
  const thing = { programme: view.programme, kind: "calendar", name: view.name };
  return <Navigate replace to={withQuery("/admin/pages/policy", { ...thing, part, year })} />;
}
