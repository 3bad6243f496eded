import { NodeHelpers, type IExecuteFunctions, type INodeParameters } from 'n8n-workflow';

import { createEngine } from '../../../stand-ins/n8n-engine/engine';
import type * as Memory from '../../../nodes/Palomma/execution/callMemory';
import type * as Guard from '../../../nodes/Palomma/operations/money/toolGuard';
import type * as Money from '../../../nodes/Palomma/operations/money';
import type { RunParameters } from '../../../nodes/Palomma/operations/operation';
import type * as Payouts from '../../../nodes/Palomma/resources/payoutRequest';
import { built, nodeName, root, useHarness } from '../../support/harness';
import { located } from '../../support/links';
import { loop, loopOver } from '../../support/loop';
import { asTool, Palomma, palommaTool } from '../../support/palommaTool';
import { errorsIn, paymentRun, paymentsOf, sent, usePayments } from '../../support/money';
import {
	addTarget,
	moneyResources,
	movements,
	type MoneyResource,
	type Payment,
} from '../../../stand-ins/data/payments';
import { isCreation } from '../../../stand-ins/simulator/simulator';

const { toolGuardOf } = built<typeof Guard>('Palomma/operations/money/toolGuard');
const { moneyRulesOf } = built<typeof Money>('Palomma/operations/money');
const { callMemoryOf } = built<typeof Memory>('Palomma/execution/callMemory');
const { payoutRequest } = built<typeof Payouts>('Palomma/resources/payoutRequest');

const harness = useHarness();
beforeAll(async () => {
	harness.engine = await createEngine(root, [palommaTool(), loop]);
});

/** What a person fills in who allows it. */
const allowed: INodeParameters = {
	allowAgentToMoveMoney: true,
	maximumAmountPerCall: 200_000,
	maximumTotalAmountPerExecution: 400_000,
};

/** Calls the tool once for each of these, in one execution, as n8n's engine does for an agent. */
async function call(resource: MoneyResource, calls: Payment[], parameters: INodeParameters = {}) {
	const payments = paymentRun(resource, calls, { onError: 'continueRegularOutput', parameters });
	const workflow = asTool(loopOver(payments));
	const { run } = await harness.engine.run(workflow, harness.credentials());
	const rounds = run.data.resultData.runData[nodeName] ?? [];
	return rounds.map(({ data }) => data?.['main']?.[0]?.[0]?.json ?? {});
}

describe.each(moneyResources)('%s as a tool', (resource) => {
	const { one, target: targetName } = movements[resource];
	const { payment, add, entries } = usePayments(harness, resource);
	const withTargets = (more: INodeParameters = {}): INodeParameters => ({
		...allowed,
		allowedTargets: `${payment().target}, 01SOMEBODYELSE`,
		...more,
	});
	const refusal = async (parameters: INodeParameters, given = payment()) => {
		const [answer] = await call(resource, [given], parameters);
		expect(sent(harness.simulator)).toBe(0);
		expect(answer?.['error']).toContain(`No ${one} was created for this item.`);
		return answer?.['error'];
	};

	it('moves no money by itself', async () => {
		const error = await refusal({});
		expect(error).toContain('An AI agent may not move money with this tool');
		// Somebody whose n8n is too old for the field is not sent to look for it.
		expect(error).toContain('If they do not show it, this version of n8n is too old for it');
		expect(harness.simulator.requests).toEqual([]);
	});

	it('does it once, if a person has allowed it', async () => {
		const given = payment();
		expect(await call(resource, [given], withTargets())).toEqual([
			{ isNew: true, ...entries()[0] },
		]);
		expect(entries()).toHaveLength(1);
	});

	it('does it once if the model repeats its call with the same reference', async () => {
		const given = payment();
		const answers = await call(resource, [given, { ...given }, { ...given }], withTargets());
		expect(answers.map(({ isNew }) => isNew)).toEqual([true, false, false]);
		expect(entries()).toHaveLength(1);
	});

	it('nor twice if its answer was lost', async () => {
		harness.simulator.inject({ answer: 'drop', when: isCreation });
		const given = payment();
		const [first, second] = await call(resource, [given, { ...given }], withTargets());
		expect(first?.['error']).toContain(`Palomma may have accepted this ${one}: 150,000 COP`);
		expect(second?.['error']).toContain('a person has to look for it');
		expect(sent(harness.simulator)).toBe(1);
	});

	it.each(['maximumAmountPerCall', 'maximumTotalAmountPerExecution'])(
		'demands %s',
		async (name) => {
			expect(await refusal(withTargets({ [name]: 0 }))).toMatch(/^Maximum .* is missing/);
		},
	);

	it('refuses a call above its maximum', async () => {
		expect(await refusal(withTargets(), payment({ amount: 200_001 }))).toContain(
			'This call comes to 200,001 COP, which is more than Maximum Amount per Call (200,000 COP)',
		);
	});

	it('refuses many small calls with new references, once they come to too much', async () => {
		const answers = await call(
			resource,
			Array.from({ length: 5 }, () => payment({ amount: 100_000 })),
			withTargets(),
		);
		expect(answers.map(({ isNew }) => isNew)).toEqual([true, true, true, true, undefined]);
		expect(answers[4]?.['error']).toContain(
			'With this call, the execution comes to 500,000 COP, which is more than Maximum Total Amount per Execution (400,000 COP)',
		);
		expect(entries()).toHaveLength(4);
	});

	it('counts what may have been done, and not what is only found', async () => {
		const there = payment();
		add(there);
		const answers = await call(
			resource,
			[there, payment(), payment(), { ...there }, payment()],
			withTargets(),
		);
		expect(answers.map(({ isNew }) => isNew)).toEqual([false, true, true, false, undefined]);
	});

	it('refuses a target that is not allowed', async () => {
		const other = addTarget(harness.simulator, resource);
		expect(await refusal(withTargets(), payment({ target: other }))).toContain(
			'is not among Allowed Targets',
		);
	});

	it('demands targets, unless one is fixed in the form', async () => {
		expect(await refusal(allowed)).toContain('Allowed Targets is missing');
		expect(await refusal({ ...allowed, allowedTargets: ' , ' })).toContain(
			'Allowed Targets is missing',
		);
		const { target } = payment();
		const fixed = { ...allowed, [targetName]: located('id', target) };
		expect(await call(resource, [payment({ target: 'whatever' })], fixed)).toEqual([
			expect.objectContaining({ isNew: true, [targetName]: target }),
		]);
	});

	it('a target that is named by its reference is compared by its ID', async () => {
		const reference = resource === 'payinRequest' ? 'source-1001' : 'target-1001';
		const byReference = { [targetName]: located('reference', '={{ $json.target }}') };
		const given = payment({ target: reference });
		expect(
			await refusal({ ...allowed, allowedTargets: reference, ...byReference }, given),
		).toContain('is not among Allowed Targets');
		expect(await call(resource, [given], withTargets(byReference))).toEqual([
			expect.objectContaining({ isNew: true }),
		]);
	});

	it.each([
		['allowAgentToMoveMoney', "={{ $fromAI('allow', '', 'boolean') }}"],
		['allowAgentToMoveMoney', '={{ true }}'],
		['maximumAmountPerCall', "={{ $fromAI('maximum', '', 'number') }}"],
		['maximumAmountPerCall', '={{ $json.amount }}'],
		['maximumTotalAmountPerExecution', "={{ $fromAI('maximum', '', 'number') }}"],
		['maximumTotalAmountPerExecution', '={{ 10 ** 12 }}'],
		['allowedTargets', "={{ $fromAI('targets', '', 'string') }}"],
		['allowedTargets', '={{ $json.target }}'],
		['maximumTotalAmount', "={{ $fromAI('maximum', '', 'number') }}"],
	])('%s must stand in the workflow, not be %s', async (name, value) => {
		await refusal(withTargets({ [name]: value }));
	});

	it('cannot do without a look-up', async () => {
		expect(await refusal(withTargets({ ifReferenceExists: 'createAnother' }))).toContain(
			'Create Another does not work in a tool of an AI agent',
		);
	});
});

describe('whatever n8n makes of an expression in the form', () => {
	const values: Record<string, unknown> = {
		...allowed,
		allowedTargets: '01A',
		payoutTargetId: located('id', '={{ $json.target }}'),
	};
	const parametersWith = (own: Record<string, unknown>, isTool = true): RunParameters => ({
		read: ({ name, displayName }) => ({ label: displayName, value: own[name] ?? values[name] }),
		readRaw: ({ name, displayName }) => ({ label: displayName, value: own[name] ?? values[name] }),
		isTool,
		retriesOnFail: false,
		since: 0,
		callMemory: () => ({}),
	});
	const target = {
		displayName: 'Payout Target',
		name: 'payoutTargetId',
		type: 'string',
		default: '',
	} as const;

	it.each([
		'allowAgentToMoveMoney',
		'maximumAmountPerCall',
		'maximumTotalAmountPerExecution',
		'allowedTargets',
	])('%s: an expression is refused', (name) => {
		expect(() => toolGuardOf(parametersWith({ [name]: '={{ anything }}' }), target)).toThrow(
			/ is an expression$/,
		);
	});

	it('what may have been paid counts, also if the model calls with the same reference again', () => {
		const memory = {};
		const fixed = { payoutTargetId: located('id', '01A') };
		const limits = { maximumTotalAmountPerExecution: 150_000 };
		const parameters = { ...parametersWith({ ...fixed, ...limits }), callMemory: () => memory };
		const guard = toolGuardOf(parameters, target);
		const payment = { payoutTargetId: '01A', reference: 'invoice-1', amount: 100_000 };
		guard.beforeSending(payment, false);
		expect(() => guard.beforeSending(payment, false)).toThrow('the execution comes to 200,000 COP');
		// Another try of the same call only looks it up.
		expect(() => guard.beforeSending(payment, true)).not.toThrow();
		expect(() => guard.beforeSending({ ...payment, amount: 60_000 }, true)).toThrow('160,000 COP');
	});

	it('a target that is an expression as a whole is none that a person has fixed', () => {
		const parameters = parametersWith({ allowedTargets: ' ', payoutTargetId: '={{ $json }}' });
		expect(() => toolGuardOf(parameters, target)).toThrow('Allowed Targets is missing');
	});

	it('an expression that gives Create Another is refused', () => {
		const rules = moneyRulesOf(payoutRequest, { target, one: 'payout', many: 'payouts' });
		const parameters = parametersWith({ ifReferenceExists: '={{ "createAnother" }}' }, false);
		expect(() => rules.rulesOf(parameters, 'createAnother')).toThrow(
			'If Reference Exists is an expression that gives Create Another',
		);
	});
});

describe('what the calls of a tool share', () => {
	afterEach(() => jest.restoreAllMocks());
	const contextOf = ({ owner = 'agent', workflow = '1', name = 'Pay' } = {}) => {
		const own = {};
		return {
			getExecuteData: () => ({ node: { type: owner } }),
			getContext: () => own,
			getWorkflow: () => ({ id: workflow }),
			getNode: () => ({ name }),
		} as unknown as IExecuteFunctions;
	};
	const mcp = '@n8n/n8n-nodes-langchain.mcpTrigger';

	it('is the execution', () => {
		const context = contextOf();
		expect(callMemoryOf(context)).toBe(callMemoryOf(context));
		expect(callMemoryOf(contextOf())).not.toBe(callMemoryOf(context));
	});

	it('is a day where each call is an execution of its own', () => {
		const time = jest.spyOn(performance, 'now').mockReturnValue(1_000);
		const first = callMemoryOf(contextOf({ owner: mcp }));
		time.mockReturnValue(86_400_000);
		expect(callMemoryOf(contextOf({ owner: mcp }))).toBe(first);
		expect(callMemoryOf(contextOf({ owner: mcp, workflow: '2' }))).not.toBe(first);
		expect(callMemoryOf(contextOf({ owner: mcp, name: 'Other' }))).not.toBe(first);
		time.mockReturnValue(86_402_000);
		expect(callMemoryOf(contextOf({ owner: mcp }))).not.toBe(first);
	});
});

describe('in the editor', () => {
	const { description } = new Palomma();
	const fieldsOf = (name: string, more: INodeParameters) => {
		const parameters = { resource: 'payoutRequest', operation: 'create', ...more };
		const node = { typeVersion: 1, parameters };
		const { properties } = description;
		const shown = NodeHelpers.getNodeParameters(properties, parameters, true, false, node, {
			...description,
			name,
		});
		return Object.keys(shown ?? {});
	};
	const limits = ['maximumAmountPerCall', 'maximumTotalAmountPerExecution', 'allowedTargets'];

	it('the fields of the guard are those of a tool, and the limits come once it is allowed', () => {
		expect(fieldsOf('palomma', {})).not.toContain('allowAgentToMoveMoney');
		expect(fieldsOf('palommaTool', {})).toContain('allowAgentToMoveMoney');
		expect(fieldsOf('palommaTool', {})).not.toEqual(expect.arrayContaining(limits));
		expect(fieldsOf('palommaTool', { allowAgentToMoveMoney: true })).toEqual(
			expect.arrayContaining(limits),
		);
	});
});

it('an error of a tool tells all of it', async () => {
	const target = addTarget(harness.simulator, 'payoutRequest');
	const workflow = asTool(loopOver(paymentRun('payoutRequest', paymentsOf(target, [5000]))));
	const execution = await harness.engine.run(workflow, harness.credentials());
	expect(errorsIn(execution)[0]).toContain('No payout request was created for this item.');
});
