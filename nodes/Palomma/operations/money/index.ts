import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { SentRequest } from '../../transport/client';
import { retryPolicy } from '../../transport/retryPolicy';
import { pesosLimit, pesosText } from '../fields/amount';
import type { Setting } from '../fields/field';
import { joinNames, textFrom } from '../formatting';
import { ifReferenceExistsOf, type IfReferenceExists } from '../ifReferenceExists';
import type { Outcome, Plan, Resource, RunParameters } from '../operation';
import { ValueProblem } from '../valueProblem';
import { isExpression, readLiteral } from './literal';
import { toolFields, toolGuardOf } from './toolGuard';

/** What is particular about a create that moves money. */
export interface MoneyMovement {
	/** The field that says who pays, or is paid. */
	target: INodeProperties;
	/** What one movement is called in the sum of a run, and what several are. */
	one: string;
	many: string;
}

/** What a create that moves money has beside others. */
export interface MoneyRules {
	ifReferenceExists: Setting<IfReferenceExists>;
	fields: INodeProperties[];
	/** One at a time: the first failure stops before the next one is sent. */
	concurrency: number;
	/** @throws ValueProblem if nothing may be sent in this run */
	rulesOf(parameters: RunParameters, ifThere: IfReferenceExists): RunRules;
}

/** The rules in one run. */
export interface RunRules {
	/**
	 * @param isOutcomeUnknown whether an earlier try may have sent it
	 * @returns how the request is sent
	 * @throws ValueProblem if it must not be sent
	 */
	beforeSending(body: IDataObject, isOutcomeUnknown: boolean): Partial<SentRequest>;
	/** What the plan does otherwise. */
	plan: Pick<Plan<IDataObject>, 'unknownEffect' | 'stopsOnDoubt' | 'check' | 'summary'>;
}

const maximumTotal = pesosLimit(
	{
		displayName: 'Maximum Total Amount',
		name: 'maximumTotalAmount',
		placeholder: 'e.g. 5000000',
		hint: 'Empty: no limit',
		description:
			'The most that all items of a run may come to, in whole pesos, digits only; empty or 0 for no limit. Above it, nothing is sent. What exists already counts, too. In a loop, it holds for each round.',
	},
	Infinity,
);

/** Nobody is charged or paid twice: what holds for every create that moves money. */
export function moneyRulesOf(resource: Resource, movement: MoneyMovement): MoneyRules {
	const ifReferenceExists = ifReferenceExistsOf(resource, 'returnExisting');
	return {
		ifReferenceExists,
		fields: [maximumTotal.property, ...toolFields],
		concurrency: 1,
		rulesOf(parameters, ifThere) {
			if (ifThere === 'createAnother') refuseByChance(parameters, ifReferenceExists.property);
			const most = readLiteral(parameters, maximumTotal);
			const guard = parameters.isTool ? toolGuardOf(parameters, movement.target) : undefined;
			return {
				beforeSending(body, isOutcomeUnknown) {
					guard?.beforeSending(body, isOutcomeUnknown);
					return {
						lookUpsAfter: retryPolicy.lookUpsAfter,
						// Palomma knows the bank account of the source or target, and may name it.
						knownNumbers: [textFrom(body['reference']), textFrom(body['amount'])],
					};
				},
				plan: {
					unknownEffect: (body) => unknownEffect(resource, body, ifThere),
					stopsOnDoubt: true,
					check(bodies) {
						refuseRepeated(bodies);
						const total = bodies.reduce((sum, { amount }) => sum + Number(textFrom(amount)), 0);
						guard?.check(total);
						if (total > most) {
							throw new ValueProblem(
								`The items come to ${pesosText(total)}, which is more than ${maximumTotal.property.displayName} (${pesosText(most)})`,
								'Check the amounts. If they are right, raise the maximum or run fewer items.',
							);
						}
					},
					summary: (outcomes) => [sumOf(movement, outcomes)],
				},
			};
		},
	};
}

/** Sending without a look-up is somebody's decision, and must not be repeated by n8n. */
function refuseByChance(parameters: RunParameters, property: INodeProperties): void {
	const { displayName } = property;
	if (isExpression(parameters.readRaw(property).value)) {
		throw new ValueProblem(
			`${displayName} is an expression that gives Create Another`,
			'Paying without looking for the reference has to be chosen by hand.',
		);
	}
	if (parameters.isTool) {
		throw new ValueProblem(
			'Create Another does not work in a tool of an AI agent',
			`Set ${displayName} to Return Existing: a model may repeat its call.`,
		);
	}
	if (parameters.retriesOnFail) {
		throw new ValueProblem(
			'Retry On Fail and Create Another do not go together',
			`n8n would send the payments again. Switch off Retry On Fail under Settings, or set ${displayName} to Return Existing.`,
		);
	}
}

function refuseRepeated(bodies: IDataObject[]): void {
	const seen = new Set<unknown>();
	const repeated = new Set<string>();
	for (const { reference } of bodies) {
		if (reference !== undefined && seen.has(reference)) repeated.add(textFrom(reference));
		seen.add(reference);
	}
	if (repeated.size === 0) return;
	throw new ValueProblem(
		`Several items have the same reference: ${joinNames([...repeated])}`,
		'A reference stands for one payment: give each item its own, for example the invoice number.',
	);
}

function unknownEffect(
	{ name, one }: Resource,
	{ amount, reference }: IDataObject,
	ifThere: IfReferenceExists,
): string {
	const sum = pesosText(Number(amount));
	const named = reference === undefined ? '' : ` with the reference ${textFrom(reference)}`;
	const next =
		ifThere === 'createAnother'
			? 'Look for it in Palomma before you run this item again, or it may be done twice.'
			: `Look for it with ${name} → Get, By Reference. If you run this item again with the same reference, it is looked up first.`;
	return `Palomma may have accepted this ${one}: ${sum}${named}. It was not sent again. ${next}`;
}

function sumOf({ one, many }: MoneyMovement, outcomes: Outcome[]): string {
	const count = outcomes.length;
	const total = outcomes
		.flatMap(({ results }) => results)
		.reduce((sum, { amount }) => sum + Number(textFrom(amount)), 0);
	const existed = outcomes.filter(({ createdId }) => createdId === undefined).length;
	const old = existed === 0 ? '' : `, ${existed} existed already`;
	return `${count} ${count === 1 ? one : many}, ${pesosText(total)}${old}.`;
}
