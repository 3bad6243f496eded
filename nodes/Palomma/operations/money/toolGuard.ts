import type { IDataObject, IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { pesosLimit, pesosText } from '../fields/amount';
import type { Setting } from '../fields/field';
import { flag } from '../fields/setting';
import { textIn } from '../fields/text';
import { textFrom } from '../formatting';
import { locatorValue } from '../locatorValue';
import type { RunParameters } from '../operation';
import { ValueProblem } from '../valueProblem';
import { isExpression, readLiteral } from './literal';

const inTools: IDisplayOptions = { show: { '@tool': [true] } };
const onceAllowed: IDisplayOptions = {
	show: { '@tool': [true], allowAgentToMoveMoney: [true] },
};

const allow = flag({
	displayName: 'Allow Agent to Move Money',
	name: 'allowAgentToMoveMoney',
	type: 'boolean',
	default: false,
	noDataExpression: true,
	displayOptions: inTools,
	description:
		'Whether an AI agent may do this by itself, within the limits below. Without it, the agent gets an error that says so.',
});

const perCall = limit({
	displayName: 'Maximum Amount per Call',
	name: 'maximumAmountPerCall',
	description: 'The most that one call of the tool may come to, in whole pesos, digits only',
});

const perExecution = limit({
	displayName: 'Maximum Total Amount per Execution',
	name: 'maximumTotalAmountPerExecution',
	description:
		'The most that all calls of the tool in one execution of the workflow may come to, in whole pesos, digits only. Calls by way of an MCP Server Trigger are executions of their own: there, it holds for a day, as long as n8n runs.',
});

/** Characters: room for hundreds of IDs. */
const longest = 20_000;

const allowedTargets: Setting<string[]> = {
	property: {
		displayName: 'Allowed Targets',
		name: 'allowedTargets',
		type: 'string',
		default: '',
		noDataExpression: true,
		placeholder: 'e.g. 01HPR57X6QR5ZRKEEKBSDBW4RA, 01HPR57X6QR5ZRKEEKBSDBW4RB',
		displayOptions: onceAllowed,
		description:
			'IDs of the sources or targets that the agent may choose from, with commas between them. Not needed if the field above is filled in by hand.',
	},
	kind: 'text',
	read: (given) => (textIn(given, longest) ?? '').split(/[\s,;]+/).filter((id) => id !== ''),
};

/** The fields by which a person says what an agent may do. */
export const toolFields: INodeProperties[] = [allow, perCall, perExecution, allowedTargets].map(
	({ property }) => property,
);

/** What an agent may do with a create that moves money. */
export interface ToolGuard {
	/** @throws ValueProblem if one call comes to too much */
	check(total: number): void;
	/**
	 * @param isOutcomeUnknown whether an earlier try may have sent it: then it counts already, and is only looked up
	 * @throws ValueProblem if this must not be sent
	 */
	beforeSending(body: IDataObject, isOutcomeUnknown: boolean): void;
}

/**
 * Reads what a person has allowed the agent to do.
 *
 * @param target the field that says who pays or is paid
 * @throws ValueProblem if it is not allowed to move money at all, or the limits are not there
 */
export function toolGuardOf(parameters: RunParameters, target: INodeProperties): ToolGuard {
	if (!readLiteral(parameters, allow)) {
		throw new ValueProblem(
			'An AI agent may not move money with this tool',
			`A person can allow it in the workflow: switch on ${allow.property.displayName} in the tool's parameters. If they do not show it, this version of n8n is too old for it: let the agent prepare the payment, and a person release it in a workflow of its own.`,
		);
	}
	const most = readLiteral(parameters, perCall);
	const mostInAll = readLiteral(parameters, perExecution);
	const allowed = readLiteral(parameters, allowedTargets);
	const isFixed = isLiteralLocator(parameters.readRaw(target).value);
	if (!isFixed && allowed.length === 0) {
		throw new ValueProblem(
			`${allowedTargets.property.displayName} is missing`,
			`List the IDs that the agent may choose from, or fill in ${target.displayName} by hand.`,
		);
	}
	return {
		check(total) {
			if (total <= most) return;
			throw new ValueProblem(
				`This call comes to ${pesosText(total)}, which is more than ${perCall.property.displayName} (${pesosText(most)})`,
				'A person has to release it.',
			);
		},
		beforeSending({ [target.name]: id, reference, amount }, isOutcomeUnknown) {
			if (!isFixed && !allowed.includes(textFrom(id))) {
				throw new ValueProblem(
					`${target.displayName} is not among ${allowedTargets.property.displayName}`,
					'A person has to add it there, or to release this payment.',
				);
			}
			const memory = parameters.callMemory();
			const moved = (memory['moved'] ?? []) as Array<{ reference: unknown; amount: number }>;
			const isSame = (one: (typeof moved)[number]) =>
				one.reference === reference && one.amount === amount;
			if (isOutcomeUnknown && moved.some(isSame)) return;
			const total = moved.reduce((sum, payment) => sum + payment.amount, Number(amount));
			if (total > mostInAll) {
				throw new ValueProblem(
					`With this call, the execution comes to ${pesosText(total)}, which is more than ${perExecution.property.displayName} (${pesosText(mostInAll)})`,
					'A person has to release it.',
				);
			}
			memory['moved'] = [...moved, { reference, amount }] as IDataObject[];
		},
	};
}

/** Whether a person has filled in a resource locator by hand. */
function isLiteralLocator(raw: unknown): boolean {
	const { value } = locatorValue(raw);
	return typeof value === 'string' && value !== '' && !isExpression(value);
}

function limit(property: Pick<INodeProperties, 'displayName' | 'name' | 'description'>) {
	return pesosLimit({
		...property,
		required: true,
		placeholder: 'e.g. 500000',
		hint: 'Whole pesos, digits only',
		displayOptions: onceAllowed,
	});
}
