import fc from 'fast-check';
import { NodeConnectionTypes, type IExecuteFunctions, type INodeType } from 'n8n-workflow';
import { createEngine, type Engine } from '../../../stand-ins/n8n-engine/engine';
import { isSafeProperty } from '../../../stand-ins/n8n-engine/olderN8n';
import type * as Module from '../../../nodes/Palomma/execution/parameters';
import { built, createWorkflow, nodeName, root } from '../../support/harness';
import { thoroughly } from '../../support/thorough';

const { parameterReader } = built<typeof Module>('Palomma/execution/parameters');

/** Names that n8n's evaluator does not let anybody read. */
const refusedByN8n = [
	...Object.getOwnPropertyNames(Object.prototype),
	...Object.getOwnPropertyNames(Object),
	...Object.getOwnPropertyNames(Function.prototype),
	...Object.getOwnPropertyNames(process),
	'prepareStackTrace',
	'_load',
	'callee',
].filter((name) => !isSafeProperty(name));

/** What one reading gave: a value, or the words of an error. */
interface Reading {
	value?: unknown;
	error?: string;
}

let readings: Array<{ ours: Reading; evaluated: Reading }> = [];
let evaluations = 0;

const field = { displayName: 'Name', name: 'name', type: 'string', default: '' } as const;

/** Reads a parameter for each item with our reader and with n8n's evaluator. */
const reader: INodeType = {
	description: {
		displayName: 'Reader',
		name: 'n8n-nodes-palomma-test.reader',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Reader' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [field],
	},
	async execute(this: IExecuteFunctions) {
		const attempt = (read: () => unknown): Reading => {
			try {
				return { value: read() };
			} catch (error) {
				return { error: (error as Error).message };
			}
		};
		const evaluate = this.getNodeParameter.bind(this);
		const counting = Object.create(this) as IExecuteFunctions;
		counting.getNodeParameter = ((...args: Parameters<typeof evaluate>) => {
			const [, , , options] = args;
			if (!options?.rawExpressions) evaluations += 1;
			return evaluate(...args);
		}) as typeof evaluate;
		if (this.getNode().type.endsWith('Tool')) {
			counting.getInputData = () => [{ json: { name: 'said by the model' } }];
		}
		const read = parameterReader(counting);
		readings = this.getInputData().map((_, index) => ({
			ours: attempt(() => read(field, index)),
			evaluated: attempt(() => evaluate('name', index, null)),
		}));
		return [this.getInputData()];
	},
};

/** As a tool: its input is what the model has said, and $json what its agent was given. */
const readerTool: INodeType = {
	...reader,
	description: { ...reader.description, name: `${reader.description.name}Tool` },
};

let engine: Engine;
beforeAll(async () => (engine = await createEngine(root, [reader, readerTool])));

async function readAll(expression: string, items: object[], { description } = reader) {
	evaluations = 0;
	const workflow = createWorkflow({ items: items as never, parameters: { name: expression } });
	const node = workflow.nodes.find(({ name }) => name === nodeName);
	if (node === undefined) throw new Error('no node');
	node.type = description.name;
	node.parameters = { name: expression };
	const { error } = await engine.run(workflow, {});
	expect(error).toBeUndefined();
	return readings;
}

/** Names of properties: usual ones, those that n8n refuses, and those that JavaScript treats apart. */
const key = fc.oneof(
	fc.constantFrom(...refusedByN8n),
	fc.constantFrom(
		'name',
		'email',
		'e-mail',
		'Correo electrónico',
		'0',
		'',
		' ',
		'$json',
		'length',
		'constructor',
		'__proto__',
		'prototype',
		'toString',
		'hasOwnProperty',
		'mainModule',
		'getPrototypeOf',
		'binary',
		'a.b',
		"it's",
		'say "hi"',
		'back\\slash',
		"n']x",
		'n"]x',
		'n',
		'a}}b',
		'a{{b',
	),
	fc.string({ maxLength: 6 }),
);
const value = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 20 }),
	fc.constantFrom(
		'=1+1',
		'={{ 1 }}',
		'{{ $json.name }}',
		' padded ',
		'2026-01-01T00:00:00Z',
		'null',
	),
	fc.integer(),
	fc.double(),
	fc.boolean(),
	fc.constant(null),
	fc.jsonValue({ maxDepth: 2 }),
);
const item = fc.dictionary(key, fc.oneof(value, fc.dictionary(key, value, { maxKeys: 3 })), {
	maxKeys: 6,
	noNullPrototype: true,
});

/** Expressions as dragging gives them, and others that look like them. */
const step = fc.oneof(
	key.map((name) => `.${name}`),
	key.map((name) => `["${name}"]`),
	key.map((name) => `['${name}']`),
);
const space = fc.constantFrom('', ' ', '  ', '\n');
const expression = fc
	.tuple(
		space,
		fc.array(step, { minLength: 1, maxLength: 3 }),
		space,
		fc.constantFrom('', '', '', '', ' ', '.length', ' + 1', '?.x', '.toUpperCase()', ' || "x"'),
		fc.constantFrom('', '', '', '', ' ', 'text', '{{ 1 }}'),
	)
	.map(
		([before, steps, after, addition, tail]) =>
			`={{${before}$json${steps.join('')}${addition}${after}}}${tail}`,
	);

it("is what n8n's evaluator says, for any plain property and whatever looks like one", async () => {
	await fc.assert(
		fc.asyncProperty(
			expression,
			fc.array(item, { minLength: 1, maxLength: 4 }),
			async (text, items) => {
				for (const { ours, evaluated } of await readAll(text, items)) {
					expect(ours).toEqual(evaluated);
				}
			},
		),
		{ numRuns: thoroughly(1500, 200) },
	);
});

it.each([
	['={{ $json.name }}', { name: 'Ana' }, 'Ana'],
	['={{$json.name}}', { name: 0 }, 0],
	['={{ $json["e-mail"] }}', { 'e-mail': 'ana@example.com' }, 'ana@example.com'],
	["={{ $json['Correo electrónico'] }}", { 'Correo electrónico': 'x' }, 'x'],
	['={{ $json.person.name }}', { person: { name: 'Ana' } }, 'Ana'],
	['={{ $json.isCompany }}', { isCompany: false }, false],
	['fixed', {}, 'fixed'],
	['', {}, ''],
])('%s needs no evaluator', async (text, json, expected) => {
	const [reading] = await readAll(text, [json]);
	expect(reading?.ours).toEqual({ value: expected });
	expect(evaluations).toBe(0);
});

it.each([
	['a property that is missing', '={{ $json.nothing }}'],
	['a group', '={{ $json.person }}'],
	['a property of a text', '={{ $json.name.first }}'],
	['a property that a group lacks', '={{ $json.person.nothing }}'],
	['a list', '={{ $json.list }}'],
	['a name that every object has', '={{ $json.toString }}'],
	['a name that n8n refuses', '={{ $json.arguments }}'],
	['a calculation', '={{ $json.name + 1 }}'],
	['text around it', '=Dear {{ $json.name }}'],
])('%s is left to the evaluator', async (_, text) => {
	await readAll(text, [
		{ name: 'Ana', person: { name: 'Ana' }, list: [1], toString: 'own', arguments: 'own' },
	]);
	expect(evaluations).toBe(1);
});

it('a tool reads what the evaluator reads, not the words of the model', async () => {
	const [reading] = await readAll('={{ $json.name }}', [{ name: 'Ana' }], readerTool);
	expect(reading?.ours).toEqual({ value: 'Ana' });
	expect(evaluations).toBe(1);
	const [fixed] = await readAll('fixed', [{}], readerTool);
	expect(fixed?.ours).toEqual({ value: 'fixed' });
	expect(evaluations).toBe(0);
});
