import type { Setting } from '../fields/field';
import { problemWith } from '../fields/problems';
import type { RunParameters } from '../operation';

/**
 * Reads a setting that must stand in the workflow as it is: n8n lets an expression, or a model's `$fromAI`, into any field.
 *
 * @throws ValueProblem if it is an expression, or has an impossible value
 */
export function readLiteral<Value>({ readRaw }: RunParameters, setting: Setting<Value>): Value {
	const given = readRaw(setting.property);
	if (!isExpression(given.value)) return setting.read(given);
	throw problemWith(
		given,
		'is an expression',
		'It decides over money: type the value itself into the field.',
	);
}

export function isExpression(raw: unknown): boolean {
	return typeof raw === 'string' && raw.startsWith('=');
}
