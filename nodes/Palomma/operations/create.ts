import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { planToCreate } from './createAnother';
import { planToCreateUnlessThere } from './createUnlessThere';
import { EntryResolver } from './entryResolver';
import { chooseOldest, type ChooseExisting } from './existing';
import { extraFieldsOf } from './extraFields';
import {
	additionalFields,
	bodyReader,
	demanded,
	within,
	type Field,
	type FieldsOf,
	type Setting,
} from './fields/field';
import { flag } from './fields/setting';
import { ifReferenceExistsOf, whyReference } from './ifReferenceExists';
import { createMessages } from './messages';
import type { NewEntry } from './newEntry';
import { moneyRulesOf, type MoneyMovement } from './money';
import type { Operation, OperationOf, Plan, Resource, RunParameters } from './operation';
import { ReferenceFinder } from './referenceFinder';
import { creationOf } from './requests';
import { fromInput, takesFromInput, withData } from './takeFromInput';

/** What is particular about the create of a resource. */
export interface Creation<Body> {
	/** What it is good for, in the list of operations. */
	description: string;
	/** A field for each property of the body. */
	fields: FieldsOf<Body>;
	/** Whether the values can come from properties of the items, too. */
	canTakeFromInput?: boolean;
	/** Of fields that can clean up their values: what that does ("Whether to …"). */
	cleanUp?: string;
	/** Makes the body of the values of the fields, if they are not the same. */
	toBody?: (values: Body) => IDataObject;
	/** Whether users can send more than the fields, as the documents leave something open. */
	takesExtraFields?: boolean;
	/** What the fields hold that must not be seen, should Palomma repeat it. */
	secretsOf?: (body: IDataObject) => string[];
	/** Which of the entries with a reference is the one. Default: the oldest. */
	choose?: ChooseExisting;
	/** Of a create that moves money: its rules. */
	money?: MoneyMovement;
}

/** One new entry for each item, or the one that has its reference already. */
export function create<Body extends IDataObject>(creation: Creation<Body>): OperationOf {
	return (resource) => createOf(resource, creation);
}

function createOf<Body extends IDataObject>(
	resource: Resource,
	creation: Creation<Body>,
): Operation {
	const { description, canTakeFromInput = false, cleanUp, secretsOf = () => [] } = creation;
	const { choose = chooseOldest, takesExtraFields = false } = creation;
	const { toBody = (values: Body) => values } = creation;
	const fields: Record<string, Field> = creation.fields;
	const all = Object.values(fields);
	const messages = createMessages(resource);
	const reference = fields['reference'] as Field<string | undefined> | undefined;
	const money = creation.money && moneyRulesOf(resource, creation.money);
	const ifReferenceExists =
		reference && (money?.ifReferenceExists ?? ifReferenceExistsOf(resource));
	const cleanUpValues = cleanUp === undefined ? undefined : cleanUpValuesOf(cleanUp);
	const extraFields = takesExtraFields ? extraFieldsOf(fields) : undefined;

	function plan(parameters: RunParameters): Plan {
		const isFromInput = canTakeFromInput && takesFromInput(parameters);
		const readOption = (option: Setting<boolean> | undefined) =>
			option?.read(parameters.read(within('options', option.property))) ?? false;
		const cleansUp = readOption(cleanUpValues);
		const ifThere =
			ifReferenceExists?.read(parameters.read(ifReferenceExists.property)) ?? 'createAnother';
		const rules = money?.rulesOf(parameters, ifThere);
		const resolver = new EntryResolver(fields);
		const isDemanded = ifThere !== 'createAnother' && reference !== undefined;
		const readBody = bodyReader<Record<string, unknown>>(
			isDemanded ? { ...fields, reference: demanded(reference, whyReference) } : fields,
			cleansUp,
		);

		const planned: NewEntry = {
			read({ read, readInput }) {
				const give = isFromInput ? fromInput(readInput) : read;
				const values = readBody(give) as Body;
				const body = toBody(values);
				return extraFields === undefined ? body : extraFields.addTo(body, values, read);
			},
			start: (bodies, { concurrency }) => resolver.expect(bodies, concurrency),
			resolve: async (body, client) => await resolver.resolve(body, client),
			request: (body, isOutcomeUnknown = false) => ({
				...creationOf(resource, body),
				secrets: secretsOf(body),
				...rules?.beforeSending(body, isOutcomeUnknown),
			}),
			choose,
			messages,
			movesMoney: rules !== undefined,
			// A model may repeat its call at once: what is in doubt then is for a person to see to.
			since: parameters.isTool ? -Infinity : parameters.since,
		};
		const usual =
			ifThere === 'createAnother'
				? planToCreate(planned)
				: planToCreateUnlessThere(
						planned,
						new ReferenceFinder(resource, planned.movesMoney),
						ifThere,
					);
		return { ...usual, ...rules?.plan };
	}

	return {
		value: 'create',
		name: 'Create',
		action: messages.action,
		description,
		noEffect: messages.noEffect,
		fields: [
			...(canTakeFromInput ? withData(all) : shown(all)),
			...(ifReferenceExists ? [ifReferenceExists.property] : []),
			...(money?.fields ?? []),
			...additionalOf(all),
		],
		body: fields,
		options: [cleanUpValues, extraFields].flatMap((option) =>
			option === undefined ? [] : [option.property],
		),
		...(money && { concurrency: money.concurrency }),
		plan,
	};
}

function shown(fields: Field[]): INodeProperties[] {
	return fields.filter(({ isAdditional }) => !isAdditional).map(({ property }) => property);
}

/** The collection of the fields that are rarely needed, if there are any. */
function additionalOf(fields: Field[]): INodeProperties[] {
	const rare = fields.filter(({ isAdditional }) => isAdditional).map(({ property }) => property);
	if (rare.length === 0) return [];
	return [
		{
			displayName: 'Additional Fields',
			name: additionalFields,
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: rare.sort((a, b) => a.displayName.localeCompare(b.displayName)),
			description: 'What is not needed every time',
		},
	];
}

function cleanUpValuesOf(description: string): Setting<boolean> {
	return flag({
		displayName: 'Clean Up Values',
		name: 'cleanUpValues',
		type: 'boolean',
		default: false,
		noDataExpression: true,
		description,
	});
}
