import type { ICredentialType, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { PalommaApi } from '../../credentials/PalommaApi.credentials';
import type { Field } from '../../nodes/Palomma/operations/fields/field';
import type { Operation, Resource } from '../../nodes/Palomma/operations/operation';
import { operationsOf } from '../../nodes/Palomma/operations/properties';
import { optionsPropertyOf } from '../../nodes/Palomma/options';
import { resources } from '../../nodes/Palomma/resources';
import { eventKinds } from '../../nodes/PalommaTrigger/eventKinds';
import { propertiesFor } from '../../nodes/PalommaTrigger/properties';
import { anchorOf, table } from '../markdown';

export const referenceFile = 'docs/reference.md';

const introduction = `
Every resource, operation, field and option, in the words of the node itself. This page is made by a script
(\`npm run generate\`), so it says what the package does. For what the messages mean, see [errors.md](errors.md);
for how to go about it, the [README](../README.md).

How to read the tables:

- **Name** is how a field is called in a workflow, and where it is sent, at Palomma. _Take From Input_ looks for properties of these names.
- **Longest** is the most characters that a value may have. A longer one is refused: nobody has such a name, so the wrong thing is mapped.
- Values are sent as you give them, without the spaces around them. A number is sent as its digits. An empty field is not sent at all.
- A field that takes one of several choices understands its label, too, in capitals or without accents: \`CC\`, \`Cedula de Ciudadania\`.
- All fields of an item that cannot be sent are told at once, before anything is sent for any item.
`.trim();

/** `docs/reference.md`, from the description of the nodes and the credential. */
export function reference(): string {
	const trigger = propertiesFor(eventKinds);
	return [
		'# Reference',
		introduction,
		contents(),
		...resources.flatMap((resource) => sectionsOf(resource)),
		...optionsSection(optionsPropertyOf(resources)),
		'## Palomma Trigger',
		'Starts a workflow when Palomma tells that something has changed. How to set it up: [trigger.md](trigger.md).',
		fieldTable(trigger),
		choicesBelow(trigger),
		...credentialSection(new PalommaApi()),
	]
		.filter((text) => text !== '')
		.join('\n\n')
		.concat('\n');
}

function contents(): string {
	const ofResource = (resource: Resource) =>
		operationsOf(resource)
			.map(({ name }) => `[${name}](#${anchorOf(headingOf(resource, name))})`)
			.join(', ');
	return [
		...resources.map((resource) => `- ${resource.name}: ${ofResource(resource)}`),
		'- [Options](#options)',
		'- [Palomma Trigger](#palomma-trigger)',
		'- [Credential](#credential)',
	].join('\n');
}

function sectionsOf(resource: Resource): string[] {
	return [
		`## ${resource.name}`,
		...operationsOf(resource).flatMap((operation) => [
			`### ${headingOf(resource, operation.name)}`,
			sentence(operation.description),
			fieldTable(operation.fields, { ...resource.filters, ...operation.body }),
			choicesBelow(operation.fields),
		]),
	];
}

export const headingOf = ({ name }: Resource, operation: string) => `${name}: ${operation}`;

function optionsSection(property: INodeProperties): string[] {
	const options = nested(property);
	/** What one option says, and where it is. The same option may stand there more than once. */
	const rows = new Map<string, { cells: string[]; places: string[] }>();
	for (const option of options) {
		const { displayName, name, default: usual, description } = option;
		const cells = [displayName, `\`${name}\``, plain(usual), takes(option), cell(description)];
		const key = JSON.stringify(cells);
		const { places } = rows.get(key) ?? { places: [] };
		rows.set(key, { cells, places: [...places, ...placesOf(option)] });
	}
	return [
		'## Options',
		'Each is there once you have added it under _Options_. What the column _At first_ says is what it has then.',
		table(
			['Option', 'Name', 'At first', 'Takes', 'What it does', 'For'],
			[...rows.values()].map(({ cells, places }) => [...cells, wordsFor(places)]),
		),
		'Without _Concurrent Requests_, so many requests are under way as its column says; without _Requests per Second_, there is no limit.',
	];
}

/** Operations, or all but a few. */
function wordsFor(places: string[]): string {
	const every = resources.flatMap((resource) =>
		operationsOf(resource).map(({ name }) => headingOf(resource, name)),
	);
	const others = every.filter((place) => !places.includes(place));
	if (places.length === 0 || others.length === 0) return 'every operation';
	return places.length > others.length
		? `every operation but ${others.join(' and ')}`
		: places.join(', ');
}

/** The operations that an option is shown for. */
function placesOf({ displayOptions }: INodeProperties): string[] {
	const { '/resource': shownFor = [], '/operation': ofOperations = [] } =
		displayOptions?.show ?? {};
	return resources
		.filter(({ value }) => (shownFor as string[]).includes(value))
		.flatMap((resource) =>
			operationsOf(resource)
				.filter(({ value }) => (ofOperations as string[]).includes(value))
				.map(({ name }) => headingOf(resource, name)),
		);
}

function credentialSection({ displayName, properties }: ICredentialType): string[] {
	return [
		'## Credential',
		`The credential is called **${displayName}**. n8n tests it when you save it. The test reads one customer, which changes nothing. It also works in n8n's HTTP Request node (_Predefined Credential Type_), for the rest of Palomma's API.`,
		fieldTable(properties),
		choicesBelow(properties),
	];
}

/** A row for each field, and for each field within a collection. */
function fieldTable(properties: INodeProperties[], body: Operation['body'] = {}): string {
	const readers = new Map(Object.values(body).map((field) => [field.property.name, field]));
	const rows = properties
		.filter(({ type }) => type !== 'notice' && type !== 'hidden')
		.flatMap((property) => [
			rowOf(property, properties, readers.get(property.name)),
			...nested(property).map((inner) => [
				`${property.displayName} > ${inner.displayName}`,
				...rowOf(inner, nested(property), readers.get(inner.name)).slice(1),
			]),
		]);
	return table(['Field', 'Name', 'Required', 'Longest', 'Takes', 'Description'], rows);
}

function rowOf(property: INodeProperties, among: INodeProperties[], field?: Field): string[] {
	const { displayName, name, required, description } = property;
	return [
		displayName,
		`\`${name}\``,
		required === true ? 'yes' : 'no',
		field?.maxLength?.toLocaleString('en-US') ?? '–',
		takes(property, field),
		`${cell(description)}${conditionOf(property, among)}`,
	];
}

const nested = ({ type, options = [] }: INodeProperties) =>
	type === 'collection' ? (options as INodeProperties[]) : [];

/** What can be entered, in a few words. */
function takes(property: INodeProperties, field?: Field): string {
	const { type, options = [], modes = [], default: usual, typeOptions } = property;
	switch (type) {
		case 'options':
			return `one of: ${labels(choicesIn(options), usual)}`;
		case 'multiOptions':
			return `any of: ${labels(choicesIn(options), usual)}`;
		case 'resourceLocator':
			return modes.map(({ displayName }) => displayName).join(', ');
		case 'boolean':
			return `on or off (at first ${plain(usual)})`;
		case 'number':
			return field?.kind ?? `number${rangeOf(typeOptions)}`;
		case 'collection':
			return 'what you add of these:';
		case 'json':
			return 'JSON object';
		default:
			return field?.kind ?? (typeOptions?.password === true ? 'text, hidden' : 'text');
	}
}

function rangeOf({ minValue, maxValue }: INodeProperties['typeOptions'] = {}): string {
	if (minValue === undefined) return '';
	return maxValue === undefined ? `, ${minValue} at least` : `, ${minValue} to ${maxValue}`;
}

const choicesIn = (options: NonNullable<INodeProperties['options']>) =>
	options.filter((option): option is INodePropertyOptions => 'value' in option);

function labels(choices: INodePropertyOptions[], usual: unknown): string {
	const isUsual = (value: unknown) =>
		Array.isArray(usual) ? usual.includes(value) : usual === value;
	return choices
		.map(({ name, value }) => `${name} (\`${String(value)}\`${isUsual(value) ? ', at first' : ''})`)
		.join(', ');
}

/** What the choices of the fields mean, where the node says it. */
function choicesBelow(properties: INodeProperties[]): string {
	return properties
		.flatMap((property) => [property, ...nested(property)])
		.flatMap(({ displayName, options = [] }) => {
			const explained = choicesIn(options).filter(({ description }) => description !== undefined);
			if (explained.length === 0) return [];
			const lines = explained.map(
				({ name, description }) => `- _${name}_: ${sentence(cell(description))}`,
			);
			return [`**${displayName}**:\n\n${lines.join('\n')}`];
		})
		.join('\n\n');
}

/** When a field is shown, if that is not always. */
function conditionOf({ displayOptions }: INodeProperties, among: INodeProperties[]): string {
	const conditions = Object.entries(displayOptions?.show ?? {}).flatMap(([name, values = []]) => {
		if (name === '@tool') return ['in a tool of an AI agent'];
		// It is Data that says so.
		if (name === 'data') return [];
		const other = among.find((property) => property.name === name);
		const choices = choicesIn(other?.options ?? []);
		const wanted = (values as unknown[]).map(
			(value) => choices.find((choice) => choice.value === value)?.name ?? plain(value),
		);
		return [`if ${other?.displayName ?? name} is ${wanted.join(' or ')}`];
	});
	return conditions.length === 0 ? '' : ` (only ${conditions.join(', and ')})`;
}

/** A value as people say it. */
function plain(value: unknown): string {
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	return String(value);
}

/** As it can stand in a cell of a table. */
function cell(text = ''): string {
	return text.replace(/<\/?code>/g, '`').replaceAll('|', '\\|');
}

const sentence = (text: string) => (text.endsWith('.') ? text : `${text}.`);
