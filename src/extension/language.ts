/** Says the words of the pure part in the user's language. */
import * as vscode from 'vscode';
import { type Tell, type Translations, teller } from '../core/words.ts';

export const translations: Translations = (vscode.l10n.bundle ?? {}) as Translations;

export const tell: Tell = teller(translations, vscode.l10n.bundle ? vscode.env.language : 'en');
