"""The merge over two to five replicas, whatever happens to their packages."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests.storage.merge_machine import Replicas

# 2,500 steps in every run of the tests; HYPOTHESIS_PROFILE=explore makes it 100,000.
EXAMPLES = 50 if settings.default.derandomize else settings.default.max_examples

TestThatReplicasWithTheSameBatchesAreEqual = Replicas.TestCase
TestThatReplicasWithTheSameBatchesAreEqual.settings = settings(max_examples=EXAMPLES, stateful_step_count=50)
TestThatReplicasWithTheSameBatchesAreEqual.pytestmark = [pytest.mark.timeout(0)]
