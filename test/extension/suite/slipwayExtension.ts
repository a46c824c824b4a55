import * as vscode from 'vscode';
import type { SlipwayApi } from '../../../client/src/extension.ts';

/** The extension under test and its package.json. */
export function slipwayExtension(): vscode.Extension<SlipwayApi> {
  const extension = vscode.extensions.getExtension<SlipwayApi>('slipway.slipway');
  if (!extension) throw new Error('The extension slipway.slipway is not there.');
  return extension;
}
