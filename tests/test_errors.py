"""What a user reads after a slip: the nearest known name, or the names there are."""

from explorer.errors import ExplorerError, suggest

ARCHITECTURES = ["hidden_to_hidden", "output_to_hidden", "sequence_to_one"]


def test_a_slip_of_the_finger_gets_the_nearest_name() -> None:
    error = suggest("hidden_to_hiden", ARCHITECTURES, "architecture")
    assert isinstance(error, ExplorerError)
    assert str(error) == "There is no architecture called 'hidden_to_hiden'; did you mean 'hidden_to_hidden'?"


def test_the_case_of_letters_does_not_hide_the_nearest_name() -> None:
    assert "did you mean 'Adam'?" in str(suggest("ADAM", ["SGD", "Adam"], "optimiser"))


def test_a_part_of_one_name_alone_gets_that_name() -> None:
    assert "did you mean 'running_parity'?" in str(suggest("parity", ["majority", "running_parity"], "task"))
    assert "did you mean 'gated_rnn'?" not in str(suggest("rnn", ["plain_rnn", "gated_rnn", "rnt"], "network"))


def test_a_name_as_long_as_a_book_is_cut_short() -> None:
    message = str(suggest("x" * 100_000, ["rnn"], "architecture"))
    assert message == f"There is no architecture called '{'x' * 60}…'; choose one of: rnn."


def test_a_name_near_to_nothing_gets_the_names_there_are_in_their_order() -> None:
    message = str(suggest("transformer", ["rnn", "lstm", "gru"], "architecture"))
    assert message.endswith("; choose one of: rnn, lstm, gru.")


def test_a_long_list_is_cut_short() -> None:
    message = str(suggest("zz", [f"name{i}" for i in range(30)], "task"))
    assert message.endswith("name10, name11 and 18 more.")


def test_no_names_at_all_is_said() -> None:
    assert str(suggest("x", [], "run")) == "There is no run called 'x'; none is known here."
