import { basename } from 'node:path';

/** The program that gives a user's credentials, as the kubeconfig names it. */
export interface CredentialProgram {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly installHint: string;
}

/** How one logs in again where a well-known program gives the credentials. */
const LOGINS: Readonly<Record<string, string>> = {
  aws: 'Run "aws sso login", or renew your AWS keys',
  'aws-iam-authenticator': 'Run "aws sso login", or renew your AWS keys',
  'gke-gcloud-auth-plugin': 'Run "gcloud auth login"',
  gcloud: 'Run "gcloud auth login"',
  kubelogin: 'Run "az login", or remove the cached token with "kubelogin remove-tokens"',
  'kubectl-oidc_login': 'Run "kubectl oidc-login clean", and log in in the browser',
  doctl: 'Run "doctl auth init"',
  oci: 'Run "oci session authenticate"',
  tsh: 'Run "tsh login"',
};

/** What to do when a context's credentials are refused; empty where nothing better is known than to log in again. */
export function loginAdvice(program: CredentialProgram | undefined): string {
  if (!program) return '';
  const name = basename(program.command).replace(/\.exe$/i, '');
  const login = LOGINS[name];
  const written = [program.command, ...program.arguments].join(' ');
  const known = login
    ? `${login}, then refresh.`
    : `Log in with the program that gives the credentials (${written}), then refresh.`;
  return program.installHint === '' ? known : `${known} ${program.installHint.trim()}`;
}
