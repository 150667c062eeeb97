//! A generation asked for as a whole: the optimiser awaits each combination's score, and here the questions gather until
//! nobody gets on without answers.

use std::future::poll_fn;
use std::sync::{Mutex, MutexGuard};
use std::task::{Poll, Waker};

use heuropt::prelude::{AsyncProblem, Evaluation, Objective, ObjectiveSpace};

use super::optimiser::Score;

/// The open questions of a generation.
pub struct Batch {
    objectives: usize,
    questions: Mutex<Vec<Question>>,
}

/// A combination that is waited for, until its answer has been fetched.
struct Question {
    genes: Vec<f64>,
    waker: Waker,
    answer: Option<Score>,
}

impl Batch {
    /// None asked yet.
    pub fn new(objectives: usize) -> Self {
        Self {
            objectives,
            questions: Mutex::new(Vec::new()),
        }
    }

    /// All genes that wait for an answer, in the order in which they were asked.
    pub fn asked(&self) -> Vec<Vec<f64>> {
        let genes = |question: &Question| question.genes.clone();
        self.open().iter().map(genes).collect()
    }

    /// Answers all questions, in their order.
    pub fn answer(&self, scores: Vec<Score>) {
        for (question, score) in self.open().iter_mut().zip(scores) {
            question.answer = Some(score);
            question.waker.wake_by_ref();
        }
    }

    fn open(&self) -> MutexGuard<'_, Vec<Question>> {
        self.questions
            .lock()
            .expect("nobody panics while holding it")
    }

    /// The answer for some genes, or a note that they are waited for.
    fn poll(&self, genes: &[f64], waker: &Waker) -> Poll<Evaluation> {
        let mut questions = self.open();
        // Equal genes have equal answers: whichever is taken.
        let is_answered =
            |question: &Question| question.answer.is_some() && question.genes == genes;
        if let Some(at) = questions.iter().position(is_answered)
            && let Some(score) = questions.remove(at).answer
        {
            let Score {
                objectives,
                violation,
            } = score;
            return Poll::Ready(Evaluation::constrained(objectives, violation));
        }
        questions.push(Question {
            genes: genes.to_vec(),
            waker: waker.clone(),
            answer: None,
        });
        Poll::Pending
    }
}

impl AsyncProblem for Batch {
    type Decision = Vec<f64>;

    fn objectives(&self) -> ObjectiveSpace {
        let objective = |at: usize| Objective::minimize(at.to_string());
        ObjectiveSpace::new((0..self.objectives).map(objective).collect())
    }

    async fn evaluate_async(&self, genes: &Vec<f64>) -> Evaluation {
        poll_fn(|context| self.poll(genes, context.waker())).await
    }
}
