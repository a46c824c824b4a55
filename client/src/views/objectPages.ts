import { commands, type Disposable, EventEmitter, Uri, workspace } from 'vscode';
import type { ObjectReference } from '../cluster/tree/clusterNode.ts';

/** Its Markdown is shown as a preview; package.json says so. */
const SCHEME = 'slipway-cluster';

/** Descriptions of objects, and the sides of a comparison, as documents that can only be read. */
export class ObjectPages implements Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #registration = workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: this.#changed.event,
    provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? '',
  });

  /** Shows a description, in place of the one that was shown of the same object. */
  async describe(context: string, reference: ObjectReference, markdown: string): Promise<void> {
    await commands.executeCommand('vscode.open', this.#hold(pathOf(context, reference, 'md'), markdown), {
      preview: true,
    });
  }

  /** Shows what one object is in two contexts, or in two namespaces of one. The focus moves there unless it is to stay. */
  async compare(
    reference: ComparedObject,
    left: ComparedSide,
    right: ComparedSide,
    preserveFocus = false,
  ): Promise<void> {
    const uris = [left, right].map(({ context, namespace, text }) =>
      this.#hold(pathOf(context, { ...reference, namespace: namespace ?? reference.namespace }, 'yaml'), text),
    );
    const [here, there] = [left, right].map(({ context, namespace }) =>
      namespace === undefined ? context : `${context}, ${namespace}`,
    );
    const title = `${reference.type.kind} ${reference.name} (${here} ↔ ${there})`;
    await commands.executeCommand('vscode.diff', uris[0], uris[1], title, { preview: true, preserveFocus });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  #hold(path: string, text: string): Uri {
    const uri = Uri.from({ scheme: SCHEME, path });
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }
}

/** The object that is compared, as far as its title needs it. */
export interface ComparedObject extends Pick<ObjectReference, 'namespace' | 'name'> {
  readonly type: Pick<ObjectReference['type'], 'group' | 'kind'>;
}

/** One side of a comparison. */
export interface ComparedSide {
  readonly context: string;
  /** Where it is not the namespace of the object that is compared. */
  readonly namespace?: string;
  readonly text: string;
}

function pathOf(context: string, { name, namespace, type }: ComparedObject, ending: string): string {
  const parts = [context, namespace ?? '-', type.group === '' ? 'core' : type.group, type.kind, `${name}.${ending}`];
  return `/${parts.map(encodeURIComponent).join('/')}`;
}
