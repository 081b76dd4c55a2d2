import type { Day } from '../domain/day.ts'

/** The integration does not exist. */
export class IntegrationNotFoundError extends Error {
  readonly code = 'not_found'

  constructor(integrationId: string) {
    super(`There is no integration ${integrationId}.`)
    this.name = 'IntegrationNotFoundError'
  }
}

/** Another integration has the name. */
export class NameTakenError extends Error {
  readonly code = 'name_taken'

  constructor() {
    super('Another integration has this name.')
    this.name = 'NameTakenError'
  }
}

/**
 * A part of a snapshot is missing: a newer snapshot was published and this one deleted. The pointer must be read again.
 */
export class SnapshotMissingError extends Error {
  constructor(generation: string) {
    super(`The snapshot ${generation} is incomplete.`)
    this.name = 'SnapshotMissingError'
  }
}

/** A part of a review is missing: the review is being deleted. */
export class ReviewPartMissingError extends Error {
  constructor(reviewId: string) {
    super(`The review ${reviewId} is incomplete.`)
    this.name = 'ReviewPartMissingError'
  }
}

/** Another roster was uploaded, or the roster deleted, before an upload was complete. */
export class RosterReplacedError extends Error {
  readonly code = 'edit_in_progress'

  constructor() {
    super(
      'Another roster was uploaded, or the roster deleted, at the same time, and that stands. Upload again to replace it.',
    )
    this.name = 'RosterReplacedError'
  }
}

/** An item changed during every attempt to update it. */
export class UpdateContentionError extends Error {
  /** `item`: what it is, with its id. */
  constructor(item: string, attempts: number) {
    super(`${item} changed under each of ${attempts} updates.`)
    this.name = 'UpdateContentionError'
  }
}

/** DynamoDB left items of a batch unprocessed in every attempt. */
export class UnprocessedItemsError extends Error {
  readonly count: number

  constructor(count: number, attempts: number) {
    super(`DynamoDB left ${count} items unprocessed after ${attempts} attempts.`)
    this.name = 'UnprocessedItemsError'
    this.count = count
  }
}

/** One user's day in a series has too many rows to fit into an item. */
export class PersonDayTooLargeError extends Error {
  readonly sizeBytes: number

  constructor(seriesId: string, day: Day, sizeBytes: number) {
    super(`The ${seriesId} of one person on ${day} takes ${sizeBytes} bytes, more than an item can hold.`)
    this.name = 'PersonDayTooLargeError'
    this.sizeBytes = sizeBytes
  }
}
