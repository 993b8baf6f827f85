/** From the address to the screen, by what the page knows of resources, actions and pages. */

import React from "react";
import { Navigate, Route, Routes, useLocation, useParams } from "react-router-dom";
import { msg } from "../../engine/text/msg.js";
import { adminRoot, boot, ErrorBoundary, office, resourceOf, type ScreenProps } from "../../platform/ui/kit.js";
import { NotFound } from "./not-found.js";
import { PageFailed } from "./page-failed.js";
import { Screen } from "./screen.js";

/** In the place of a screen that broke. */
const screenFailed = {
  title: msg("office.routes.screenFailedTitle"),
  hint: msg("office.routes.screenFailedHint"),
};

function ResourceScreen({ name }: { name?: string }) {
  const { resourceId = "", actionName = name ?? "list", recordId = null } = useParams();
  const resource = resourceOf(resourceId);
  const action = resource?.actions.find((one) => one.name === actionName);
  if (resource === undefined || action === undefined) return <NotFound />;
  const props: ScreenProps = { resource, action, recordId };
  // Another record is another screen: nothing typed in one is carried into the next.
  return <Screen key={`${resourceId}/${actionName}/${recordId}`} name={action.component} of={props} />;
}

function PageScreen() {
  const { pageName = "" } = useParams();
  const page = office().pages.find(({ name }) => name === pageName);
  return page === undefined ? <NotFound /> : <Screen key={pageName} name={page.component} />;
}

/** The desk, or the view that somebody chose instead; with anything in its address it is the desk. */
function HomeScreen() {
  const { search } = useLocation();
  const chosen = boot()?.home;
  return chosen !== undefined && search === "" ? <Navigate to={chosen} replace /> : <Screen name={office().home} />;
}

export function Screens() {
  const { pathname } = useLocation();
  return (
    <ErrorBoundary of={pathname} instead={() => <PageFailed {...screenFailed} />}>
      <Routes>
        <Route path={adminRoot} element={<HomeScreen />} />
        <Route path={`${adminRoot}/resources/:resourceId`} element={<ResourceScreen name="list" />} />
        <Route path={`${adminRoot}/resources/:resourceId/actions/:actionName`} element={<ResourceScreen />} />
        <Route path={`${adminRoot}/resources/:resourceId/records/:recordId/:actionName`} element={<ResourceScreen />} />
        <Route path={`${adminRoot}/pages/:pageName`} element={<PageScreen />} />
        <Route path="*" element={<NotFound />} />
      </Routes>
    </ErrorBoundary>
  );
}
