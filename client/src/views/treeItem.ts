import { MarkdownString, Range, ThemeColor, ThemeIcon, TreeItem, type TreeItemCollapsibleState, Uri } from 'vscode';
import type { ViewItem } from './viewItem.ts';

/** Draws one line of a view. What its icon and colour mean, its words say too, for screen readers. */
export function treeItem(item: Omit<ViewItem, 'children'>, id: string, state: TreeItemCollapsibleState): TreeItem {
  const drawn = new TreeItem(item.label, state);
  drawn.id = id;
  if (item.description !== undefined) drawn.description = item.description;
  if (item.tooltip !== undefined) drawn.tooltip = new MarkdownString(item.tooltip);
  if (item.icon) {
    drawn.iconPath = new ThemeIcon(item.icon.name, item.icon.color ? new ThemeColor(item.icon.color) : undefined);
  }
  if (item.contextValue !== undefined) drawn.contextValue = item.contextValue;
  drawn.accessibilityInformation = { label: [item.label, item.description].filter(Boolean).join(', ') };
  if (item.location) {
    const { start, end } = item.location.range;
    const selection = new Range(start.line, start.character, end.line, end.character);
    const uri = Uri.parse(item.location.uri);
    drawn.command = { command: 'vscode.open', title: 'Go to the Line', arguments: [uri, { selection }] };
  } else if (item.command) {
    const { arguments: given, id: command, title } = item.command;
    drawn.command = { command, title, arguments: [...given] };
  }
  return drawn;
}
