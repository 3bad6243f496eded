import type * as Module from '../../../nodes/Palomma/transport/connectionFailure';
import { built } from '../../support/workflow';

// Codes that cannot be brought about at will on one machine, and n8n's own refusals, which have none.
const { connectionFailure } = built<typeof Module>('Palomma/transport/connectionFailure');

const withCode = (code: string, words = `connect ${code} 192.0.2.1:443`) =>
	new Error('Request failed', { cause: Object.assign(new Error(words), { code }) });

it.each([
	['EHOSTUNREACH', 'The server cannot be reached from here', 'none'],
	['ENETUNREACH', 'The server cannot be reached from here', 'none'],
	['ENETDOWN', 'The server cannot be reached from here', 'none'],
	['EADDRNOTAVAIL', 'This machine cannot open more connections at the moment', 'none'],
	['EMFILE', 'This machine cannot open more connections at the moment', 'none'],
	['ENOTFOUND', 'The address of the server was not found', 'none'],
	['EAI_AGAIN', 'The address of the server could not be looked up', 'none'],
	['ETIMEDOUT', 'The server cannot be reached from here', 'none'],
	['EACCES', 'The server cannot be reached from here', 'none'],
	['EPERM', 'The server cannot be reached from here', 'none'],
	['Z_DATA_ERROR', 'The answer of the server cannot be read', 'unknown'],
	['CERT_HAS_EXPIRED', 'its certificate is not trusted', 'none'],
	['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is not trusted', 'none'],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'its certificate is not trusted', 'none'],
])('%s: %s', (code, message, effect) => {
	const failure = connectionFailure(withCode(code), 'key');
	expect(failure.message).toContain(`${message} (${code})`);
	expect(failure.effect).toBe(effect);
});

it.each([
	['EAI_FAIL', 'getaddrinfo', 'The server cannot be reached from here (EAI_FAIL)', 'none'],
	['EACCES', 'connect', 'The server cannot be reached from here (EACCES)', 'none'],
	['EACCES', 'write', 'The request to Palomma failed: write EACCES', 'unknown'],
	['ECONNRESET', 'read', 'The connection to Palomma broke off', 'unknown'],
	['EPIPE', 'write', 'The connection to Palomma broke off', 'unknown'],
])('%s in %s: %s', (code, syscall, message, effect) => {
	const error = Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
	const failure = connectionFailure(new Error('Request failed', { cause: error }), 'key');
	expect(failure.message).toContain(message);
	expect(failure.effect).toBe(effect);
});

it('a connection that was cut before it was encrypted carried nothing', () => {
	const words = 'Client network socket disconnected before secure TLS connection was established';
	const failure = connectionFailure(withCode('ECONNRESET', words), 'key');
	expect(failure.message).toBe('The connection broke off before it was encrypted (ECONNRESET)');
	expect(failure).toMatchObject({ effect: 'none', isTransient: true });
});

it('a network that is lost while the answer is awaited leaves everything open', () => {
	const failure = connectionFailure(withCode('EHOSTUNREACH', 'read EHOSTUNREACH'), 'key');
	expect(failure.message).toBe(
		'The connection to Palomma broke off before the answer arrived (EHOSTUNREACH)',
	);
	expect(failure.effect).toBe('unknown');
});

describe('a host with several addresses', () => {
	const attempt = (code: string, syscall: string) =>
		Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
	const failing = (...errors: Error[]) =>
		new Error('Request failed', {
			cause: Object.assign(new Error(''), {
				code: 'ETIMEDOUT',
				cause: Object.assign(new AggregateError(errors), { code: 'ETIMEDOUT' }),
			}),
		});

	it('was certainly not reached if every attempt to connect failed', () => {
		const errors = [attempt('ETIMEDOUT', 'connect'), attempt('ENETUNREACH', 'connect')];
		expect(connectionFailure(failing(...errors), 'key')).toMatchObject({
			message: 'The server cannot be reached from here (ETIMEDOUT)',
			effect: 'none',
			isTransient: true,
		});
	});

	it('may have been reached if one of them was more than an attempt to connect', () => {
		const errors = [attempt('ETIMEDOUT', 'connect'), attempt('ETIMEDOUT', 'read')];
		expect(connectionFailure(failing(...errors), 'key').effect).toBe('unknown');
	});
});

it.each([
	'ssl/tls alert handshake failure',
	'unsupported protocol',
	'tlsv1 alert protocol version',
])('%s: no request has been sent', (words) => {
	const error = Object.assign(new Error(words), { code: 'EPROTO' });
	expect(connectionFailure(error, 'key')).toMatchObject({
		message: 'No encrypted connection to the server came about (EPROTO)',
		effect: 'none',
	});
});

it('takes the first code of a chain of causes', () => {
	const error = Object.assign(new Error('x', { cause: new Error('y') }), { code: 'ECONNRESET' });
	expect(connectionFailure(error, 'key').message).toContain('(ECONNRESET)');
});

it('says what to check when the server was not reached', () => {
	expect(connectionFailure(withCode('ENOTFOUND'), 'key').advice).toMatch(
		/^Check that n8n reaches the internet/,
	);
});

it('passes on one line of what it does not know, without the key', () => {
	const { message, effect } = connectionFailure(
		new Error('Request failed', { cause: new Error('Blocked: s3cret s3cret\n    at x.js:1') }),
		's3cret',
	);
	expect(message).toBe('The request to Palomma failed: Blocked: *** ***');
	expect(effect).toBe('unknown');
});

it('passes on no more than a line of it', () => {
	const { message } = connectionFailure(new Error('x'.repeat(500)), 'key');
	expect(message).toBe(`The request to Palomma failed: ${'x'.repeat(200)}`);
});

describe('an error that has lost its cause, as in older versions of n8n', () => {
	const withoutCause = (httpCode: string | null, words: string) =>
		Object.assign(new Error('n8n words it anew'), { httpCode, messages: [words] });

	it.each([
		['ECONNABORTED', 'timeout of 300ms exceeded', 'Palomma did not answer in time'],
		[
			'200',
			'stream has been aborted',
			'The connection to Palomma broke off before the answer arrived (ERR_BAD_RESPONSE)',
		],
		[
			'EPROTO',
			'SSL routines: wrong version number',
			'No encrypted connection to the server came about (EPROTO)',
		],
		[
			null,
			'SSL routines: wrong version number',
			'No encrypted connection to the server came about',
		],
		[null, 'Something else', 'The request to Palomma failed: Something else'],
	])('%s: %s', (httpCode, words, message) => {
		expect(connectionFailure(withoutCause(httpCode, words), 'key').message).toBe(message);
	});
});
