"""What ideas promises: dossiers from deposit to delivery, their supports, their discussion and their record.

Districts, themes, kinds, services and reasons are codes of the territory; people are account ids, whose public names
identity tells. Drafts belong to their authors; nothing that was published is ever deleted.
"""

from contracts.ideas.appeals import *  # noqa: F403
from contracts.ideas.attachments import *  # noqa: F403
from contracts.ideas.calls import *  # noqa: F403
from contracts.ideas.calls import CALLS
from contracts.ideas.campaigns import *  # noqa: F403
from contracts.ideas.comment_events import *  # noqa: F403
from contracts.ideas.comment_events import COMMENT_EVENTS
from contracts.ideas.debates import *  # noqa: F403
from contracts.ideas.desk import *  # noqa: F403
from contracts.ideas.discussion import *  # noqa: F403
from contracts.ideas.dossiers import *  # noqa: F403
from contracts.ideas.events import *  # noqa: F403
from contracts.ideas.events import EVENTS
from contracts.ideas.examination import *  # noqa: F403
from contracts.ideas.finding import *  # noqa: F403
from contracts.ideas.fraud import *  # noqa: F403
from contracts.ideas.imports import *  # noqa: F403
from contracts.ideas.many import *  # noqa: F403
from contracts.ideas.merging import *  # noqa: F403
from contracts.ideas.paper import *  # noqa: F403
from contracts.ideas.project_events import *  # noqa: F403
from contracts.ideas.project_events import PROJECT_EVENTS
from contracts.ideas.projects import *  # noqa: F403
from contracts.ideas.publishing import *  # noqa: F403
from contracts.ideas.supports import *  # noqa: F403
from contracts.ideas.together import *  # noqa: F403
from contracts.ideas.words import *  # noqa: F403
from contracts.ideas.works import *  # noqa: F403
from contracts.ideas.writing import *  # noqa: F403
from contracts.registry import Contract

CONTRACT = Contract("ideas", calls=CALLS, events=(*EVENTS, *COMMENT_EVENTS, *PROJECT_EVENTS))
