import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

import { root } from './workflow';

/** Stands for whatever a message has in that place. */
const anything = '…';

/** Functions and classes that take advice, and which of their arguments it is. */
const adviceArguments: Record<string, number> = {
	ValueProblem: 1,
	RequestFailure: 1,
	problemWith: 2,
	noneOf: 2,
	demanded: 1,
	fail: 1,
	// Nobody sees it: the run ends for another reason.
	NotSent: 0,
	'value.includes': 0,
};

/** What is advice, or no sentence. */
const otherProperties = ['advice', 'ifMissing', 'kind'];

/** A text that is written down in the published code. What varies in it is an ellipsis. */
export interface CodeText {
	text: string;
	file: string;
	/** Whether it is neither advice, nor a word for a choice, nor too short to be a message. */
	mayBeMessage: boolean;
}

/** Every text in the published code, its parts put together. */
export function textsInCode(): CodeText[] {
	const files = ['credentials', 'nodes'].flatMap((folder) =>
		readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.ts'))
			.map((file) => parsed(path.join(folder, file))),
	);
	const constants = new Set(files.flatMap(constantsUsedAsAdvice));
	return files.flatMap((file) => {
		const texts: CodeText[] = [];
		forEachText(file, (text, node) => {
			const mayBeMessage = isSentence(text) && !isNoMessage(node, constants);
			texts.push({ text: text.replace(/\s+/g, ' '), file: file.fileName, mayBeMessage });
		});
		return texts;
	});
}

function parsed(file: string): ts.SourceFile {
	const text = readFileSync(path.join(root, file), 'utf8');
	return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

/** Goes through the texts that are written down in a file, each put together from its parts. */
function forEachText(node: ts.Node, tell: (text: string, node: ts.Node) => void): void {
	if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
	const text = textOf(node);
	if (text === undefined) {
		ts.forEachChild(node, (child) => forEachText(child, tell));
		return;
	}
	tell(text, node);
	for (const part of variablePartsOf(node)) forEachText(part, tell);
}

/** Undefined for anything that is not written down. */
function textOf(node: ts.Node): string | undefined {
	if (ts.isStringLiteralLike(node)) return node.text;
	if (ts.isTemplateExpression(node)) {
		return (
			node.head.text + node.templateSpans.map(({ literal }) => anything + literal.text).join('')
		);
	}
	if (isSum(node)) {
		const left = textOf(node.left);
		const right = textOf(node.right);
		if (left === undefined && right === undefined) return undefined;
		return (left ?? anything) + (right ?? anything);
	}
	return undefined;
}

function isSum(node: ts.Node): node is ts.BinaryExpression {
	return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
}

function variablePartsOf(node: ts.Node): ts.Node[] {
	if (ts.isTemplateExpression(node)) return node.templateSpans.map(({ expression }) => expression);
	if (!isSum(node)) return [];
	return [node.left, node.right].flatMap((side) =>
		textOf(side) === undefined ? [side] : variablePartsOf(side),
	);
}

/** Whether it has two words at least. */
export const isSentence = (text: string) =>
	/\p{L}{2} [\p{L}\d…]/u.test(text.replaceAll(anything, ' … '));

/** Where a text goes: what it is an argument, a property or a constant of. */
function placeOf(node: ts.Node): { node: ts.Node; parent: ts.Node } {
	const { parent } = node;
	const isPart =
		ts.isConditionalExpression(parent) ||
		ts.isTemplateSpan(parent) ||
		ts.isTemplateExpression(parent) ||
		ts.isParenthesizedExpression(parent) ||
		ts.isBinaryExpression(parent);
	return isPart ? placeOf(parent) : { node, parent };
}

function isNoMessage(text: ts.Node, constants: Set<string>): boolean {
	const { node, parent } = placeOf(text);
	// Of a resource: the words for its choices.
	const isWord = text.getSourceFile().fileName.includes('resources');
	if (ts.isArrayLiteralExpression(parent)) return isWord;
	if (ts.isPropertyAssignment(parent)) {
		return isWord || otherProperties.includes(parent.name.getText());
	}
	if (ts.isVariableDeclaration(parent)) return constants.has(parent.name.getText());
	return isAdviceArgument(node, parent);
}

function isAdviceArgument(node: ts.Node, parent: ts.Node): boolean {
	if (!ts.isCallExpression(parent) && !ts.isNewExpression(parent)) return false;
	const index = adviceArguments[parent.expression.getText()];
	return index !== undefined && parent.arguments?.indexOf(node as ts.Expression) === index;
}

/** Names that stand where advice belongs. */
function constantsUsedAsAdvice(file: ts.SourceFile): string[] {
	const names: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isIdentifier(node)) {
			const { node: whole, parent } = placeOf(node);
			if (isAdviceArgument(whole, parent)) names.push(node.text);
			if (ts.isPropertyAssignment(parent) && otherProperties.includes(parent.name.getText())) {
				names.push(node.text);
			}
		}
		ts.forEachChild(node, visit);
	};
	visit(file);
	return names;
}
