"""The words of templates: states, refusals, bounds and history."""

STATES: dict[str, str] = {
    "proposed": "Proposed",
    "approved": "Approved",
    "suspended": "Suspended",
    "rejected": "Rejected",
    "retired": "Retired",
}

REFUSALS: dict[str, str] = {
    "template.act_not_legal": "This cannot be done to a template that is “{state}”.",
    "template.is_proposed": "The template waits for the board’s approval.",
    "template.is_suspended": "The template is suspended after a failure.",
    "template.is_rejected": "The board rejected the template.",
    "template.is_retired": "The template is retired.",
    "template.is_expired": "The template’s approval expired, {on}.",
    "template.none": "Choose a template that the board approved.",
    "template.no_name": "Give it a name.",
    "template.name_is_taken": "There is a template of this name already.",
    "template.expires_too_soon": "Choose a day after today.",
    "template.expires_too_late": "An approval holds for two years at most.",
    "template.change_has_not_shown_it": "Only a change that was closed as successful, or a draft of your own.",
    "template.incomplete": "The change lacks something: {what}",
    "template.no_conditions": "A template is approved as it is or not: put conditions into its plan.",
    "template.no_reason": "Say why.",
    "bound.systems": "Systems: it touches {what}, which the template does not.",
    "bound.services": "Services: it touches {what}, which the template does not.",
    "bound.impact": "Impact: {what} would not go on as usual.",
    "bound.regulated": "Regulated function: it touches one. The board looks at each of these itself.",
    "bound.planned_down": "Planned downtime: {seconds} seconds, the template allows none.",
    "bound.worst_down": "Worst case: {seconds} seconds, the template allows none.",
    "bound.risk_level": "Risk: {level}, the template allows low.",
    "bound.steps": "Plan: {now} in place of {approved} approved steps.",
    "bound.step": "Plan: step {step} is not the one that was approved.",
    "bound.step_length": "Plan: step {step} takes longer than approved by more than {percent} %.",
}

HISTORY: dict[str, str] = {
    "template.proposed": "Proposed to the board, from {source}",
    "template.proposed_again": "Proposed to the board again",
    "template.placed": "On the agenda of the board, {on}",
    "template.voted": "Voted: {choice}. {reason}",
    "template.voted_anew": "Changed the vote from {before} to {choice}. {reason}",
    "template.voted_for_member": "Voted for {member}: {choice}. {reason}",
    "template.voted_anew_for_member": "Changed the vote for {member} from {before} to {choice}. {reason}",
    "template.conflict_declared": "Declared a conflict of interest, no vote: {reason}",
    "template.conflict_declared_after_vote": "Declared a conflict of interest, the vote ({choices}) is taken "
    "out: {reason}",
    "template.conflict_taken_back": "Took back the conflict of interest",
    "template.casting_vote": "A tie, {votes} to {votes}, broken by the casting vote",
    "template.approved": "Approved by the board. {sentence}",
    "template.deferred": "Deferred by the board: {sentence}",
    "template.rejected": "Rejected by the board. {sentence}",
    "template.suspended": "Suspended: {because} failed",
    "template.retired": "Retired. {reason}",
    "change.left_template": "Not within template {template}: goes the normal way to the board. {bounds}",
}
