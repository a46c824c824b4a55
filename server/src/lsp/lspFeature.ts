import type { ClientCapabilities, ServerCapabilities } from 'vscode-languageserver/node';
import type { Session } from './session.ts';

/**
 * One thing that the server offers. What `capabilities` announces is what `register` answers: both are asked with the
 * same client, and a feature that the client cannot use announces and registers nothing.
 */
export interface LspFeature {
  /** For the log: `hover`. */
  readonly name: string;
  capabilities(client: ClientCapabilities): ServerCapabilities;
  register(session: Session): void;
}
