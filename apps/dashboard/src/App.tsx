import { type JSX, lazy, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { Provider } from 'urql';
import { createGraphqlClient } from './api/client.js';
import { SessionContext } from './api/session-context.js';
import { sessionStore } from './api/session-store.js';
import { isOver, type Session, tokenInFragment } from './api/session.js';
import { ErrorBoundary } from './components/ErrorBoundary.js';
import { Shell } from './components/Shell.js';
import { CampaignsPage } from './pages/CampaignsPage.js';
import { NotFoundPage } from './pages/NotFoundPage.js';
import { SignInPage } from './pages/SignInPage.js';

const CampaignPage = lazy(() => import('./pages/campaign/CampaignPage.js'));
const OverviewTab = lazy(() => import('./pages/campaign/OverviewTab.js'));
const SpaceTab = lazy(() => import('./pages/campaign/space/SpaceTab.js'));
const ModelTab = lazy(() => import('./pages/campaign/model/ModelTab.js'));
const PhysicsTab = lazy(() => import('./pages/campaign/physics/PhysicsTab.js'));
const BenchTab = lazy(() => import('./pages/campaign/bench/BenchTab.js'));
const WhatIfTab = lazy(() => import('./pages/campaign/whatif/WhatIfTab.js'));
const RecordTab = lazy(() => import('./pages/campaign/record/RecordTab.js'));
const NewCampaignPage = lazy(() => import('./pages/new/NewCampaignPage.js'));
const HelpPage = lazy(() => import('./pages/HelpPage.js'));
const LabPage = lazy(() => import('./pages/LabPage.js'));

/** A sign-in link's token is used once and must not stay in the address or the history. */
function takeToken(): string | null {
  const token = tokenInFragment(location.hash);
  if (token !== null) history.replaceState(null, '', location.pathname + location.search);
  return token;
}
const firstToken = takeToken();

export function App(): JSX.Element {
  const session = useSyncExternalStore(sessionStore.subscribe, sessionStore.get);
  const [token, setToken] = useState(firstToken);
  useEffect(() => {
    const take = (): void => setToken((before) => takeToken() ?? before);
    addEventListener('hashchange', take);
    return () => removeEventListener('hashchange', take);
  }, []);
  const signedIn = session !== null && !isOver(session, new Date());
  return (
    <ErrorBoundary>
      {signedIn ? (
        <SignedIn key={session.secret} session={session} />
      ) : (
        <SignInPage key={token} token={token} hasEnded={session !== null || sessionStore.hasEnded()} />
      )}
    </ErrorBoundary>
  );
}

function SignedIn({ session }: { readonly session: Session }): JSX.Element {
  const client = useMemo(() => createGraphqlClient(session), [session]);
  return (
    <SessionContext value={session}>
      <Provider value={client}>
        <BrowserRouter>
          <Routes>
            <Route element={<Shell />}>
              <Route index element={<CampaignsPage />} />
              <Route path="campaigns/:id" element={<CampaignPage />}>
                <Route index element={<OverviewTab />} />
                <Route path="space" element={<SpaceTab />} />
                <Route path="model" element={<ModelTab />} />
                <Route path="physics" element={<PhysicsTab />} />
                <Route path="bench" element={<BenchTab />} />
                <Route path="what-if" element={<WhatIfTab />} />
                <Route path="record" element={<RecordTab />} />
              </Route>
              <Route path="new/:step?" element={<NewCampaignPage />} />
              <Route path="help" element={<HelpPage />} />
              <Route path="lab" element={<LabPage />} />
              <Route path="*" element={<NotFoundPage />} />
            </Route>
          </Routes>
        </BrowserRouter>
      </Provider>
    </SessionContext>
  );
}
