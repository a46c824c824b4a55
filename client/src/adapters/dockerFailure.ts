import { cancelled } from '../cluster/cancellation.ts';
import { Failure } from '../cluster/failure.ts';

/** The failure behind an exception of the engine's client. */
export function dockerFailure(engine: string, doing: string, error: unknown, signal?: AbortSignal): Failure {
  if (signal?.aborted) return cancelled();
  if (error instanceof Failure) return error;
  const {
    code = '',
    statusCode,
    message: raw = '',
  } = (error ?? {}) as {
    code?: string;
    statusCode?: number;
    message?: string;
  };
  const said = raw.replace(/^\(HTTP code \d+\) [^-]*- /, '').trim();
  if (code === 'EACCES') {
    return new Failure('forbidden', `You may not use the container engine ${engine}.`, {
      said,
      advice: 'Add your user to the group that owns its socket, or use a rootless engine.',
    });
  }
  if (['ENOENT', 'ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'ECONNRESET', 'EPIPE'].includes(code)) {
    return new Failure('unreachable', `The container engine ${engine} does not answer.`, {
      said,
      advice: 'Start it, or choose another docker context.',
    });
  }
  return (
    registryFailure(doing, said) ?? new Failure(kindOfStatus(statusCode), `The engine could not ${doing}.`, { said })
  );
}

/** How engines say, in the words of Go's network library, that a registry does not answer or went away. */
const registryIsAway = new RegExp(
  [
    'connection refused|no such host|dial tcp|i/o timeout|TLS handshake timeout|context deadline exceeded',
    'EOF|reset by peer|broken pipe|closed network connection|server gave HTTP response',
    '50[234] (?:Bad Gateway|Service Unavailable|Gateway Time-?out)',
  ].join('|'),
  'i',
);

/** The failure behind the words of a registry, as engines pass them on; undefined when they speak of something else. */
export function registryFailure(doing: string, said: string): Failure | undefined {
  if (/unauthorized|authentication required|no basic auth|incorrect username or password/i.test(said)) {
    return new Failure('unauthorised', `The registry asks for a login to ${doing}.`, {
      said,
      advice: 'Run docker login for this registry.',
    });
  }
  if (/denied|forbidden/i.test(said)) {
    return new Failure('forbidden', `The registry does not allow you to ${doing}.`, {
      said,
      advice: 'Log in as a user who may, or correct the repository.',
    });
  }
  if (registryIsAway.test(said)) {
    return new Failure('unreachable', `The registry does not answer, so the engine could not ${doing}.`, {
      said,
      advice: /HTTP response to HTTPS/.test(said)
        ? 'Name the registry among the insecure registries of the engine, or give it a certificate.'
        : 'Check that the registry runs and that the engine reaches it.',
    });
  }
  return undefined;
}

function kindOfStatus(statusCode: number | undefined): 'not-found' | 'conflict' | 'invalid' | 'push' {
  if (statusCode === 404) return 'not-found';
  if (statusCode === 409) return 'conflict';
  return statusCode === 400 ? 'invalid' : 'push';
}
