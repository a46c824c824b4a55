import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import type { Certificates } from './certificates.ts';

/** An answer of the API server: its status, and its body as parsed JSON or, when it is none, as text. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Requests to the API server with all rights, for preparing and looking, never for what a test is about. */
export interface AdminApi {
  /** Sends one request. Rejects only when no answer comes. */
  send(method: string, path: string, body?: unknown, contentType?: string): Promise<ApiAnswer>;
  /** Server-side apply of one object at its path. Rejects with the server's words when it refuses. */
  apply(path: string, object: unknown): Promise<void>;
}

const timeoutMilliseconds = 30_000;

/** Connects to the API server on 127.0.0.1. */
export function adminApi(port: number, certificates: Certificates): AdminApi {
  const agent = new Agent({
    ca: readFileSync(certificates.authority),
    cert: readFileSync(certificates.of.admin.certificate),
    key: readFileSync(certificates.of.admin.key),
  });
  const send = (method: string, path: string, body?: unknown, contentType = 'application/json'): Promise<ApiAnswer> =>
    new Promise((resolve, reject) => {
      const outgoing = request(
        { host: '127.0.0.1', port, method, path, agent, headers: { 'content-type': contentType } },
        (incoming) => {
          let text = '';
          incoming.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          incoming.on('error', reject);
          incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body: parsed(text) }));
        },
      );
      outgoing.setTimeout(timeoutMilliseconds, () => outgoing.destroy(new Error(`No answer to ${method} ${path}.`)));
      outgoing.on('error', reject);
      outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    });
  return {
    send,
    async apply(path, object) {
      const query = 'fieldManager=slipway-test-environment&force=true';
      const { status, body } = await send('PATCH', `${path}?${query}`, object, 'application/apply-patch+yaml');
      if (status >= 300) throw new Error(`The API server refuses ${path}: ${status} ${JSON.stringify(body)}`);
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The health endpoints answer in plain text.
    return text;
  }
}
