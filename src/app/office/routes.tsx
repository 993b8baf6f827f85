/** From the address to the screen, by what AdminJS knows of resources, actions and pages. */
import React from "react";
import { Route, Routes, useLocation, useParams } from "react-router-dom";
import {
  type AdminAction,
  adminRoot,
  EmptyState,
  ErrorBoundary,
  LinkButton,
  Page,
  type ScreenProps,
  useText,
} from "../../platform/ui/kit.js";
import { PageFailed } from "./page-failed.js";
import { screens } from "./screens.js";

const words = {
  title: { en: "There is nothing here", ar: "لا يوجد شيء هنا" },
  hint: {
    en: "The address may be wrong, or what stood here is not yours to see.",
    ar: "قد يكون العنوان غير صحيح، أو أن ما تبحث عنه خارج صلاحيتك.",
  },
  home: { en: "To the home page", ar: "إلى الصفحة الرئيسية" },
};

function NotFound() {
  const { t } = useText();
  return (
    <Page title={words.title}>
      <EmptyState
        icon="search"
        title={words.hint}
        action={
          <LinkButton to={adminRoot} kind="primary">
            {t(words.home)}
          </LinkButton>
        }
      />
    </Page>
  );
}

/** In the place of a screen that broke. */
const screenFailed = {
  title: { en: "This page could not be shown", ar: "تعذّر عرض هذه الصفحة" },
  hint: {
    en: "Nothing is lost on the server. Load the page again; tell the operation room if it stays so.",
    ar: "لم يُفقد شيء على الخادم. أعد تحميل الصفحة، وأبلغ غرفة العمليات إن تكرر ذلك.",
  },
};

const state = () => window.REDUX_STATE ?? {};

function ResourceScreen({ name }: { name?: string }) {
  const { resourceId = "", actionName = name ?? "list", recordId = null } = useParams();
  const resource = state().resources?.find(({ id }) => id === resourceId);
  const action = resource?.actions.find((one) => one.name === actionName) ?? stock(actionName);
  const Screen = typeof action?.component === "string" ? screens[action.component] : undefined;
  if (resource === undefined || action === undefined || Screen === undefined) return <NotFound />;
  const props: ScreenProps = { resource, action, recordId };
  // Another record is another screen: nothing typed in one is carried into the next.
  return <Screen key={`${resourceId}/${actionName}/${recordId}`} {...props} />;
}

/** Actions that each resource has, where AdminJS leaves them out of what it tells. */
const stockScreens: Readonly<Record<string, string>> = {
  list: "SetupList",
  show: "SetupShow",
  new: "SetupForm",
  edit: "SetupForm",
};
const stock = (name: string): AdminAction | undefined => {
  const component = stockScreens[name];
  return component === undefined ? undefined : { name, component };
};

function PageScreen() {
  const { pageName = "" } = useParams();
  const page = state().pages?.find(({ name }) => name === pageName);
  const Screen = page === undefined ? undefined : screens[page.component];
  if (Screen === undefined) return <NotFound />;
  return <Screen key={pageName} />;
}

function HomeScreen() {
  const Screen = screens[state().dashboard?.component ?? "Home"];
  if (Screen === undefined) return <NotFound />;
  return <Screen />;
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
