/** The calendar being edited as the server draws it, a moment after it was changed; what was drawn last stays meanwhile. */
import { useEffect, useState } from "react";
import { type ProblemBody, problemOf, send } from "../../../platform/ui/kit.js";
import type { CalendarLook } from "./calendar.page.js";

const afterMs = 250;

export function useCalendarLook(programme: string, definition: unknown, year: number) {
  const [look, setLook] = useState<CalendarLook | null>(null);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  useEffect(() => {
    if (definition === undefined) return;
    let current = true;
    const timer = setTimeout(() => {
      send<CalendarLook>("pages/calendar", { do: "look", programme, definition, year })
        .then((drawn) => {
          if (!current) return;
          setLook(drawn);
          setProblem(null);
        })
        .catch((error: unknown) => current && setProblem(problemOf(error)));
    }, afterMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [programme, definition, year]);
  return { look, problem };
}
