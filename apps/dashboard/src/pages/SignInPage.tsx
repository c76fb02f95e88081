import { type JSX, useEffect, useRef, useState } from 'react';
import { sessionStore } from '../api/session-store.js';
import { tokenInText } from '../api/session.js';
import { exchangeToken } from '../api/sign-in.js';
import { usePageTitle } from '../components/hooks.js';
import { Mark } from '../components/Shell.js';
import { Skeleton, Trouble } from '../components/States.js';

interface SignInPageProps {
  readonly token: string | null;
  /** Somebody was signed in, and is not any more. */
  readonly hasEnded: boolean;
}

/** Signs in with the link's token; without one, or where it is spent, asks for another. */
export function SignInPage({ token, hasEnded }: SignInPageProps): JSX.Element {
  usePageTitle('Sign in');
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(token !== null);
  const [problem, setProblem] = useState<string | null>(null);
  const used = useRef(false);

  const signIn = async (oneTime: string): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      sessionStore.set(await exchangeToken(oneTime));
    } catch (error) {
      setProblem(
        error instanceof TypeError || !(error instanceof Error)
          ? 'The server cannot be reached.'
          : `${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}.`.replace(/\.\.$/, '.'),
      );
      setBusy(false);
    }
  };

  useEffect(() => {
    if (token === null || used.current) return;
    used.current = true;
    void signIn(token);
  }, [token]);

  return (
    <main className="page">
      <div className="sign-in">
        <span className="brand">
          <Mark />
          Ionloop
        </span>
        <div className="panel stack">
          <h1>Sign in</h1>
          {busy ? (
            <Skeleton height="9rem" label="Signing in" />
          ) : (
            <>
              {hasEnded && problem === null ? (
                <p className="notice info" role="status">
                  Your session is over: its token has expired or was revoked. Sign in again, and you are back
                  where you were.
                </p>
              ) : null}
              <p className="soft">
                Open the link that <code>npm start</code> printed in the terminal. It works once; ask for a
                new one with <code>ionloop token</code>. Or paste the link or its token here.
              </p>
              {problem === null ? null : <Trouble what={problem} />}
              <form
                className="stack"
                onSubmit={(event) => {
                  event.preventDefault();
                  if (text.trim() === '') setProblem('Paste a link or a token first.');
                  else void signIn(tokenInText(text));
                }}
              >
                <div className="field">
                  <label htmlFor="token">Link or token</label>
                  <input
                    id="token"
                    className="input"
                    type="text"
                    autoComplete="off"
                    spellCheck={false}
                    value={text}
                    onChange={(event) => setText(event.target.value)}
                  />
                </div>
                <div>
                  <button type="submit" className="button primary">
                    Sign in
                  </button>
                </div>
              </form>
            </>
          )}
        </div>
      </div>
    </main>
  );
}
