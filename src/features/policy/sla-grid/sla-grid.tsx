/** Service levels in the menu: it leads to where they are seen, changed and published as a grid. */

import React from "react";
import { Navigate } from "react-router-dom";
import { msg } from "../../../engine/text/msg.js";
import { Page, ProblemBox, Spinner, useAddress, useView, withQuery } from "../../../platform/ui/kit.js";
import type { ChosenProgramme } from "../../setup/chosen-programme.page.js";

export function SlaGrid() {
  const [{ programme, type, split }] = useAddress();
  const { view, problem } = useView<ChosenProgramme>(withQuery("pages/sla-grid", { programme }));
  if (view === null)
    return (
      <Page title={msg("policy-sla-grid.slaGrid.serviceLevels")}>
        {problem ? <ProblemBox problem={problem} /> : <Spinner />}
      </Page>
    );
  const thing = { programme: view.programme, kind: "rules", name: "sla", part: "grid" };
  return <Navigate replace to={withQuery("/admin/pages/policy", { ...thing, type, split })} />;
}
