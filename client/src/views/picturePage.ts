/** Where the page of the pictures takes its script from, and what it allows. */
export interface PicturePageParts {
  /** URI of the bundled script. */
  readonly script: string;
  /** Where the editor serves the extension's own files from. */
  readonly source: string;
  /** Made anew for each page; only the script that bears it runs. */
  readonly nonce: string;
}

/**
 * The page of the pictures. Its script is the only one that runs, and nothing is loaded from elsewhere. Styles may stand in
 * the drawing itself, because Mermaid writes them there.
 */
export function picturePage({ nonce, script, source }: PicturePageParts): string {
  const policy = ["default-src 'none'", `script-src 'nonce-${nonce}'`, `style-src ${source} 'unsafe-inline'`].join(
    '; ',
  );
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Slipway: Picture of a Pattern</title>
    <style>
      body { color: var(--vscode-editor-foreground); background: var(--vscode-editor-background); font-family: var(--vscode-font-family, sans-serif); font-size: var(--vscode-font-size, 13px); }
      h1 { font-size: 1.3em; font-weight: 600; }
      #drawing { overflow: auto; margin: 1em 0; }
      #drawing svg { max-width: 100%; height: auto; }
      select, li button { color: inherit; font: inherit; }
      select { background: var(--vscode-dropdown-background); border: 1px solid var(--vscode-dropdown-border, currentColor); padding: 0.2em; }
      ul { list-style: none; padding: 0; }
      li button { background: none; border: none; padding: 0.2em 0; color: var(--vscode-textLink-foreground); cursor: pointer; text-align: left; }
      .link { cursor: pointer; }
      .node.first > rect, .node.first > path, .node.first > polygon { stroke-width: 2.5px !important; }
      .node.missing > rect, .node.missing > path, .node.missing > polygon { stroke-dasharray: 5 4; stroke: var(--vscode-list-warningForeground, currentColor) !important; }
      .link:focus, li button:focus, select:focus { outline: 2px solid var(--vscode-focusBorder, currentColor); outline-offset: 2px; }
    </style>
  </head>
  <body>
    <h1 id="title" aria-live="polite"></h1>
    <select id="use" aria-label="Which use of the pattern" hidden></select>
    <div id="drawing"></div>
    <h2>Lines</h2>
    <ul id="lines"></ul>
    <script nonce="${nonce}" src="${script}"></script>
  </body>
</html>
`;
}
