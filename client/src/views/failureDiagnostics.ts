import { Diagnostic, DiagnosticSeverity, type Disposable, languages, Range, Uri, workspace } from 'vscode';
import type { FailurePlace, FailureReport } from '../cluster/failure.ts';
import { manifestRange } from '../delivery/manifest.ts';

/** Failures of builds and rollouts, shown on the lines of the files that they come from until the next attempt. */
export class FailureDiagnostics implements Disposable {
  readonly #collection = languages.createDiagnosticCollection('slipway-delivery');

  /** Forgets what was said about former attempts. */
  clear(): void {
    this.#collection.clear();
  }

  async show(failure: FailureReport): Promise<void> {
    for (const place of failure.places) {
      const uri = Uri.file(place.file);
      const message = [failure.message, failure.said, failure.advice].filter((text) => text !== '').join('\n');
      const diagnostic = new Diagnostic(await rangeOf(place), message, DiagnosticSeverity.Error);
      diagnostic.source = 'slipway';
      diagnostic.code = failure.kind;
      this.#collection.set(uri, [...(this.#collection.get(uri) ?? []), diagnostic]);
    }
  }

  dispose(): void {
    this.#collection.dispose();
  }
}

/** The range of a place in its file as it is now; the top of the file where that is all that is known. */
export async function rangeOf(place: FailurePlace): Promise<Range> {
  const document = await workspace.openTextDocument(Uri.file(place.file));
  if (place.path !== undefined) {
    const found = manifestRange(document.getText(), place.documentIndex ?? 0, place.path);
    if (found) return new Range(found.start.line, found.start.character, found.end.line, found.end.character);
  }
  const first = Math.min(place.line ?? 0, document.lineCount - 1);
  const last = Math.min(place.endLine ?? first, document.lineCount - 1);
  const start = document.lineAt(first).firstNonWhitespaceCharacterIndex;
  return new Range(first, start, last, document.lineAt(last).text.length);
}
