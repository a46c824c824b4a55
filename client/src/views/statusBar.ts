import { type Disposable, StatusBarAlignment, ThemeColor, window } from 'vscode';
import { type StatusSituation, statusText } from './statusText.ts';

/** The status bar's item; a click chooses context and namespace. */
export class StatusBar implements Disposable {
  readonly #item = window.createStatusBarItem('slipway.target', StatusBarAlignment.Left, 10);

  constructor(command: string) {
    this.#item.name = 'Slipway';
    this.#item.command = command;
    this.#item.show();
  }

  draw(situation: StatusSituation): void {
    const { isWarning, text, tooltip } = statusText(situation);
    this.#item.text = text;
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label: tooltip };
    this.#item.backgroundColor = isWarning ? new ThemeColor('statusBarItem.warningBackground') : undefined;
  }

  dispose(): void {
    this.#item.dispose();
  }
}
