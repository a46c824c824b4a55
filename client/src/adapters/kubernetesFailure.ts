import { Failure } from '../cluster/failure.ts';
import { describeConflicts, fieldConflicts } from '../cluster/fieldConflicts.ts';

/** The Status object with which the API server answers when it refuses; every part may be missing. */
interface Status {
  readonly reason?: string;
  readonly message?: string;
  readonly details?: { readonly causes?: readonly { field?: string; message?: string }[] };
}

/** The failure behind an answer of the API server that is not a success. */
export function failureOfStatus(context: string, request: string, statusCode: number, body: string): Failure {
  const status = parseStatus(body);
  const said = status.message ?? body.slice(0, 500).trim();
  if (statusCode === 401) {
    return new Failure('unauthorised', `Context ${context} does not accept your credentials.`, {
      said,
      advice: 'Log in to the cluster again.',
    });
  }
  if (statusCode === 403 && /exceeded quota|failed quota/i.test(said)) {
    return new Failure('quota', `A quota of the cluster refuses to ${request}.`, {
      said,
      advice: 'Lower the requests, or raise the ResourceQuota.',
    });
  }
  if (statusCode === 403) {
    return new Failure('forbidden', `Context ${context} does not allow you to ${request}.`, {
      said,
      advice: 'Ask for a Role that allows it, or choose another context.',
    });
  }
  if (statusCode === 404)
    return new Failure('not-found', `Context ${context} could not ${request}: nothing is there.`, { said });
  if (statusCode === 409) return conflict(request, status, said);
  if (statusCode === 410) {
    return new Failure('expired', `Context ${context} no longer keeps this version of its objects.`, { said });
  }
  if (statusCode === 400 || statusCode === 422 || statusCode === 415) {
    return new Failure('invalid', `The API server of ${context} refuses what it was sent to ${request}.`, {
      said,
      advice: 'Correct the fields that it names.',
    });
  }
  if (statusCode === 429 || statusCode === 504 || status.reason === 'Timeout') {
    return new Failure('timeout', `The API server of ${context} is too busy to ${request}.`, {
      said,
      advice: 'Try again in a moment.',
    });
  }
  return new Failure('unreachable', `The API server of ${context} could not ${request} (status ${statusCode}).`, {
    said,
    advice: 'Try again; look at the API server if it stays so.',
  });
}

/** The failure behind an exception of a request that brought no answer. */
export function failureOfRequest(context: string, server: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const said = error instanceof Error ? error.message : String(error);
  const code = (error as { code?: string } | null)?.code ?? '';
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS/.test(code)) {
    return new Failure('unreachable', `The certificate of ${server} (context ${context}) is not accepted.`, {
      said,
      advice: 'Check certificate-authority and tls-server-name of the cluster in the kubeconfig.',
    });
  }
  return new Failure('unreachable', `The API server of context ${context} (${server}) does not answer.`, {
    said,
    advice: 'Check that the cluster runs and that this machine reaches it.',
  });
}

function conflict(request: string, status: Status, said: string): Failure {
  const conflicts = fieldConflicts(status);
  if (conflicts.length === 0) {
    return new Failure('conflict', `Somebody else changed this object; refused to ${request}.`, {
      said,
      advice: 'Look at its present state and try again.',
    });
  }
  return new Failure('conflict', `Refused to ${request}: ${describeConflicts(conflicts)}.`, {
    said,
    advice: 'Leave these fields out, or take them over by force.',
    conflicts,
  });
}

function parseStatus(body: string): Status {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}
